//! The rules of sharing: for whom a wording is, where it stands, who reads what, which audience is
//! offered, and by chance that no channel and no
//! feedback shows what its readers may not read.

mod audience;
mod chance;
mod feedback;
mod offering;
mod reading;
mod standing;
mod town;
