//! Which lines of a catalogue answer a search: words as everywhere ([`crate::search`]), in the name and the
//! headings first, then in what is paid for, and last in who answers for it.

use super::Fund;
use crate::search::{Query, key};

/// The lines that answer a query, the best first: those whose name and headings hold more of its words, then in
/// the order of the catalogue. A sub-item is read with the name of its item. Departments are looked through only
/// where nothing else answers: the one for dementia (認知症施策) stands at a third of all lines.
#[must_use]
pub fn find<'f>(query: &Query, funds: &'f [Fund]) -> Vec<&'f Fund> {
    let found = judged(query, funds, false);
    if found.is_empty() {
        return judged(query, funds, true);
    }
    found
}

fn judged<'f>(query: &Query, funds: &'f [Fund], with_departments: bool) -> Vec<&'f Fund> {
    let mut item: &str = "";
    let mut found: Vec<(usize, &Fund)> = Vec::new();
    for fund in funds {
        let entry = &fund.entry;
        if entry.sub.is_none() {
            item = &entry.title;
        }
        let of_item = if entry.sub.is_some() { item } else { "" };
        let name = [of_item, &entry.title, &entry.large, &entry.middle].join("\n");
        let department = if with_departments {
            entry.department.as_str()
        } else {
            ""
        };
        let rest = [entry.content.as_str(), department, &entry.stray].join("\n");
        if let Some(named) = query.judge(&key(&name), &key(&rest)) {
            found.push((named, fund));
        }
    }
    found.sort_by_key(|(named, fund)| (std::cmp::Reverse(*named), fund.position, fund.id));
    found.into_iter().map(|(_, fund)| fund).collect()
}
