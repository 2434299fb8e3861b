//! The rules of language: texts, dates, professions, the tier rule and the check for personal data.

#![expect(
    clippy::print_stdout,
    reason = "the tables print what they got right, and whether shared data was found"
)]

mod era;
mod personal_data;
mod profession;
mod rows;
mod text;
mod tier;
