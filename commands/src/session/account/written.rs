//! What somebody wrote for an account, and what was understood of it.

use crate::{error::Error, issue::privacy, project, request::Request, text, text::Text};
use domain::{
    account::{self, Attendance, COUNT_MAX, MINUTES_UNITS_MAX},
    id::SessionId,
    office::Office,
    personal_data::{self, CASE_PLACEHOLDER, Certainty, Hit},
    session::Session,
    survey::{Fault, Survey},
    text::{Unclean, clean, escape_markdown, one_line},
};
use serde::{Deserialize, Serialize};

/// UTF-16 units of a part that could not be read, as a refusal shows it.
const PART_UNITS_MAX: usize = 60;

/// As it was written; personal data stands masked in it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) session: SessionId,
    /// The revision of the account it corrects; 0 when there is none yet.
    pub(super) corrects: i64,
    pub(super) minutes: Option<String>,
    pub(super) attendance: String,
    pub(super) survey: String,
    /// A coordinator has said why what looks like a name or a date is no personal data.
    pub(super) passed: bool,
}

/// What was understood.
pub(super) struct Understood {
    pub(super) minutes: Option<String>,
    pub(super) attendance: Vec<Attendance>,
    pub(super) survey: Survey,
}

/// What hinders keeping it.
pub(super) struct Trouble {
    /// A sentence for each part that is not well.
    pub(super) said: Vec<Text>,
    /// Whether only names and dates were found, which a coordinator may let pass.
    pub(super) doubtful: bool,
}

impl Written {
    /// What is written down so far.
    pub(super) async fn so_far(request: &Request, session: &Session) -> Result<Self, Error> {
        let (office, id) = (request.office_id(), session.id);
        let account = request
            .app
            .store
            .read(move |connection| {
                Box::pin(storage::session::account::find(connection, office, id))
            })
            .await?;
        let blank = Self {
            session: session.id,
            corrects: 0,
            minutes: None,
            attendance: String::new(),
            survey: String::new(),
            passed: false,
        };
        Ok(match account {
            Some(account) => Self {
                corrects: account.revision,
                attendance: account::written(&account.attendance),
                survey: account.survey.written(),
                minutes: account.minutes,
                ..blank
            },
            None => blank,
        })
    }

    /// Cleans, reads and checks it. What is not well is said, and personal data is masked in what waits.
    pub(super) fn understood(
        &mut self,
        office: &Office,
        may_pass: bool,
    ) -> Result<Understood, Trouble> {
        let mut check = Check {
            may_pass,
            certain: false,
            hits: 0,
            passed: false,
        };
        let mut said = Vec::new();
        let minutes = self.minutes(&mut check).unwrap_or_else(|text| {
            said.push(text);
            None
        });
        // Names of professions stand there, and a number behind each: no phone is read into them.
        self.attendance = check.masked_lines(&self.attendance);
        let attendance =
            account::attendance(&self.attendance, |word| office.profession_named(word));
        let attendance = attendance.unwrap_or_else(|fault| {
            said.push(of_attendance(&fault));
            Vec::new()
        });
        // One answer after the other: what one person wrote is nothing to the next.
        self.survey = check.masked_lines(&self.survey);
        let survey = Survey::read(&self.survey).unwrap_or_else(|fault| {
            if fault != Fault::Empty {
                said.push(project::survey::said(fault));
            }
            Survey::default()
        });
        if check.hits > 0 {
            said.insert(0, Text::new("account-personal-data"));
        }
        self.passed = check.passed;
        if said.is_empty() {
            if minutes.is_none() && attendance.is_empty() && survey.is_empty() {
                said.push(Text::new("account-nothing"));
            } else {
                return Ok(Understood {
                    minutes,
                    attendance,
                    survey,
                });
            }
        }
        Err(Trouble {
            said,
            doubtful: check.hits > 0 && !check.certain,
        })
    }

    /// The minutes, fit to keep; a sentence that says why they are not.
    fn minutes(&mut self, check: &mut Check) -> Result<Option<String>, Text> {
        let Some(minutes) = self.minutes.take() else {
            return Ok(None);
        };
        let (minutes, fault) = match clean(&minutes, MINUTES_UNITS_MAX) {
            Err(Unclean::Empty) => return Ok(None),
            Err(Unclean::TooLong { limit, actual }) => {
                let all = clean(&minutes, usize::MAX).unwrap_or_default();
                let fault = text!("account-minutes-too-long", limit = limit, actual = actual);
                // What no form and no draft holds is not carried on.
                (domain::text::fitting(&all, limit).to_owned(), Some(fault))
            }
            Ok(minutes) => (minutes, None),
        };
        let masked = check.masked_lines(&minutes);
        self.minutes = Some(masked.clone());
        fault.map_or(Ok(Some(masked)), Err)
    }
}

/// The check for personal data, line by line.
struct Check {
    /// Whether names and dates may pass.
    may_pass: bool,
    certain: bool,
    hits: usize,
    passed: bool,
}

impl Check {
    fn masked_lines(&mut self, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| self.masked(line)).collect();
        lines.join("\n")
    }

    fn masked(&mut self, line: &str) -> String {
        if line.contains(CASE_PLACEHOLDER) || privacy::refuse_single_case(line).is_err() {
            (self.hits, self.certain) = (self.hits + 1, true);
            return CASE_PLACEHOLDER.to_owned();
        }
        let mut hits: Vec<Hit> = personal_data::check(line).hits;
        if self.may_pass {
            let before = hits.len();
            hits.retain(|hit| hit.certainty == Certainty::Certain);
            self.passed |= hits.len() < before;
        }
        // What was masked before is still to be written anew.
        let is_masked = personal_data::Kind::ALL
            .iter()
            .any(|kind| line.contains(kind.placeholder()));
        self.hits += hits.len() + usize::from(is_masked);
        self.certain |= hits.iter().any(|hit| hit.certainty == Certainty::Certain);
        personal_data::mask(line, &hits)
    }
}

fn of_attendance(fault: &account::Fault) -> Text {
    let part = |part: &str| escape_markdown(&one_line(part, PART_UNITS_MAX));
    match fault {
        account::Fault::Unreadable(written) => {
            text!("account-attendance-unreadable", part = part(written))
        }
        account::Fault::NotBetween(written) => text!(
            "account-attendance-not-between",
            part = part(written),
            limit = COUNT_MAX
        ),
        account::Fault::TooLong => text!(
            "account-attendance-too-long",
            limit = account::WORD_UNITS_MAX
        ),
        account::Fault::TooMany => text!(
            "account-attendance-too-many",
            limit = account::ATTENDANCE_MAX
        ),
    }
}
