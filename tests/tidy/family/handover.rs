//! The families of texts a handover is put together from.

use super::codes;
use domain::{handover::Wait, server::OverseerKind};
use std::collections::{BTreeMap, BTreeSet};

/// What a handover says: of its sheets, of what is urgent, of why an issue waits.
pub(super) fn families() -> BTreeMap<&'static str, BTreeSet<String>> {
    let named = |names: &[&str]| -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    };
    let sheets = named(&[
        "issue", "promise", "ahead", "desk", "target", "person", "unsent", "running", "setting",
        "staff",
    ]);
    let desk = ["feedback", "notice", "bulletin", "petition", "retention"];
    let kinds = || {
        named(&desk)
            .into_iter()
            .chain(named(&["feed", "rule", "fund"]))
            .collect()
    };
    let with_first = || sheets.iter().cloned().chain(["first".to_owned()]).collect();
    let urgent = named(&[
        "proposal",
        "untaken",
        "unreviewed",
        "review",
        "unsettled",
        "unwritten",
        "idea",
        "task",
        "target",
        "stopped",
        "refused",
        "held",
        "petition",
        "feedback",
        "notice",
        "bulletin",
        "retention",
        "feed",
    ]);
    let next = urgent.iter().map(|code| format!("{code}-next"));
    let urgent = urgent.iter().cloned().chain(next).collect();
    let waits = || codes(Wait::ALL, |wait| wait.code().to_owned());
    let mut overseers = codes(OverseerKind::ALL, |kind| kind.code().to_owned());
    overseers.insert("unknown".to_owned());
    BTreeMap::from([
        ("handover-sheet-", with_first()),
        ("handover-note-", with_first()),
        ("handover-more-", sheets.clone()),
        ("handover-count-", sheets.clone()),
        ("handover-about-", sheets.clone()),
        (
            "handover-of-",
            named(&["issue", "ahead", "target", "unsent", "staff"]),
        ),
        ("handover-urgent-", urgent),
        ("handover-kind-", kinds()),
        ("handover-empty-", kinds()),
        ("handover-see-", named(&desk)),
        ("handover-wait-", waits()),
        ("handover-next-", waits()),
        (
            "handover-promise-",
            named(&["proposal", "proposal-open", "shared", "shared-open"]),
        ),
        ("handover-overseer-", overseers),
        ("handover-unsent-", named(&["refused", "waiting"])),
    ])
}
