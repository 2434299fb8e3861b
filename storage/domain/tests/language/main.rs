//! The rules of language: texts, dates, professions, the tier rule and the check for personal data.

mod era;
mod personal_data;
mod profession;
mod rows;
mod text;
mod tier;
