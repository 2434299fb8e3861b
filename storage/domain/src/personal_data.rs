//! Personal data in what people type: found, shown masked, never kept.
//!
//! Patients' data must not enter Discord. [`check`] finds phone numbers, insurance and individual numbers, dates of birth,
//! addresses, e-mail and names beside age, care level or illness; [`mask`] shows where they stood; [`single_case`] tells a
//! report on one patient, which belongs to the doctor, from a matter of the field. Numbers are [`Certainty::Certain`]; names
//! and dates are [`Certainty::Doubtful`], and a coordinator may let them pass.
//!
//! ```
//! use domain::personal_data::{check, mask};
//! let text = "電話は０９０－００００－１１２２です";
//! assert_eq!(mask(text, &check(text).hits), "電話は［電話番号］です");
//! assert!(check("年12回、各120件").is_empty());
//! ```

use std::ops::Range;

use serde::{Deserialize, Serialize};

mod case;
mod find;
mod name;
mod number;

pub use case::{CASE_PLACEHOLDER, SingleCase, single_case};
pub use find::check;

/// What kind of personal data was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A phone or fax number.
    Phone,
    /// A number of health, care or late-elderly insurance.
    InsuranceNumber,
    /// マイナンバー, 12 digits.
    IndividualNumber,
    /// Another number that stands for one person: patient, medical record, pension, handicap certificate.
    RecordNumber,
    /// A date or year of birth.
    BirthDate,
    /// An address or postal code.
    Address,
    /// An e-mail address.
    Email,
    /// A person's name, with what makes it a patient's.
    Name,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Phone,
        Self::InsuranceNumber,
        Self::IndividualNumber,
        Self::RecordNumber,
        Self::BirthDate,
        Self::Address,
        Self::Email,
        Self::Name,
    ];

    /// What a hit of this kind is replaced by: ［電話番号］.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Phone => "［電話番号］",
            Self::InsuranceNumber => "［被保険者番号］",
            Self::IndividualNumber => "［個人番号］",
            Self::RecordNumber => "［識別番号］",
            Self::BirthDate => "［生年月日］",
            Self::Address => "［住所］",
            Self::Email => "［メールアドレス］",
            Self::Name => "［氏名］",
        }
    }
}

/// How sure a hit is, and with it whether a coordinator may let it pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// A name or a date: it may be something else, and a coordinator may say so.
    Doubtful,
    /// A number, an address for letters or mail: it never passes.
    Certain,
}

/// One piece of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the text, in bytes, on character boundaries.
    pub range: Range<usize>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// What was found, in the order of the text, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// The hits.
    pub hits: Vec<Hit>,
}

impl Findings {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Whether something was found that no one may let pass.
    #[must_use]
    pub fn has_certain(&self) -> bool {
        self.hits
            .iter()
            .any(|hit| hit.certainty == Certainty::Certain)
    }
}

/// Makes the patterns ready, so that the first check does not wait for them.
pub fn warm_up() {
    drop((check("連携 0"), single_case("連携")));
}

/// The text with every hit replaced by the name of its kind; what is masked and checked again is clean.
///
/// Hits that do not fit the text (out of range, inside a character, overlapping an earlier one) are passed over.
#[must_use]
pub fn mask(text: &str, hits: &[Hit]) -> String {
    let mut sorted: Vec<&Hit> = hits.iter().collect();
    sorted.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for hit in sorted {
        if hit.range.start >= at
            && let Some(before) = text.get(at..hit.range.start)
            && text
                .get(hit.range.clone())
                .is_some_and(|gone| !gone.is_empty())
        {
            out.push_str(before);
            out.push_str(hit.kind.placeholder());
            at = hit.range.end;
        }
    }
    out + &text[at..]
}
