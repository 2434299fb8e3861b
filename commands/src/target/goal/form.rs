//! The form of a goal: what was written so far, and its fields.

use crate::{
    answer::{FIELD_CHARACTERS_MAX, Field, Form},
    card::{frame::cut, year_name},
    custom_id::{Action, Target as Press},
    dispatch::Fields,
    request::Request,
    text,
    text::Text,
};
use domain::{
    era::FiscalYear,
    id::{DraftId, TargetId},
    target::goal::{PLAN_UNITS_MAX, REASON_UNITS_MAX, TEXT_UNITS_MAX},
};
use serde::{Deserialize, Serialize};

const GOAL: &str = "goal";
const QUANTITY: &str = "amount";
const PLAN: &str = "plan";
const REASON: &str = "reason";
const WHY: &str = "why";
/// Most letters of a figure.
const QUANTITY_UNITS_MAX: usize = 40;
/// Most letters of why something doubtful is no personal data; it is not kept.
const WHY_UNITS_MAX: usize = 200;

/// What was written so far, as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) target: TargetId,
    pub(super) year: FiscalYear,
    /// The last version that was seen; 0 for none.
    pub(super) seen: i64,
    pub(super) goal: String,
    pub(super) quantity: String,
    pub(super) plan: String,
    pub(super) reason: String,
    pub(super) state: Option<String>,
    pub(super) may_override: bool,
}

/// The form with what was written so far.
pub(super) fn form(request: &Request, draft: DraftId, written: &Written) -> Form {
    let field = |id, (label, hint): (&str, &str), units: usize, value: &str| Field {
        id,
        label: request.say(&Text::new(label)),
        placeholder: request.say(&Text::new(hint)),
        value: Some(cut(value, units)).filter(|value| !value.is_empty()),
        required: false,
        long: matches!(id, GOAL | PLAN),
        characters_max: u16::try_from(units).unwrap_or(FIELD_CHARACTERS_MAX),
    };
    let mut fields = vec![
        field(
            GOAL,
            ("form-goal-text", "form-goal-text-hint"),
            TEXT_UNITS_MAX,
            &written.goal,
        ),
        field(
            QUANTITY,
            ("form-goal-amount", "form-goal-amount-hint"),
            QUANTITY_UNITS_MAX,
            &written.quantity,
        ),
        field(
            PLAN,
            ("form-goal-plan", "form-goal-plan-hint"),
            PLAN_UNITS_MAX,
            &written.plan,
        ),
        field(
            REASON,
            ("form-goal-reason", "form-goal-reason-hint"),
            REASON_UNITS_MAX,
            &written.reason,
        ),
    ];
    if written.may_override {
        fields.push(field(
            WHY,
            ("form-goal-why", "form-goal-why-hint"),
            WHY_UNITS_MAX,
            "",
        ));
    }
    Form {
        custom_id: Action::Target(Press::GoalSent(draft)).custom_id(),
        title: request.say(&text!(
            "form-goal",
            number = written.target.0,
            year = year_name(written.year, request.language)
        )),
        fields,
    }
}

/// What was sent, and why something doubtful is no personal data.
pub(super) fn filled(fields: &Fields, waiting: Written) -> (Written, String) {
    let field = |id: &str, known: &str| fields.get(id).map_or(known, String::as_str).to_owned();
    let why = field(WHY, "");
    let written = Written {
        goal: field(GOAL, &waiting.goal),
        quantity: field(QUANTITY, &waiting.quantity),
        plan: field(PLAN, &waiting.plan),
        reason: field(REASON, &waiting.reason),
        ..waiting
    };
    (written, why)
}
