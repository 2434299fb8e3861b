//! The rules of time: holidays and business days, schedules, the phrases they are written in, and when
//! a review is reminded of.

mod business_day;
mod holiday;
mod law;
