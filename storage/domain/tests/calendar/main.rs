//! The rules of time: holidays and business days, schedules, the phrases they are written in, and when
//! a review is reminded of.

mod business_day;
mod chance;
mod holiday;
mod law;
mod oracle;
mod phrase;
mod review;
mod schedule;
