//! Key persons of the associations that take part in a session: whom the desk speaks to first. The desk's
//! only; the whole list is that of `/office person`.

use crate::{error::Error, office::person, request::Request, text};
use domain::{session::Session, text::utf16_len};

/// Most of them that are named.
const NAMED_MAX: usize = 10;
/// UTF-16 units of all lines, with room for the line that counts the rest.
const LINES_UNITS_MAX: usize = 900;

/// A line for each, and how many more there are; nothing for anybody but the desk.
pub(super) async fn lines(request: &Request, session: &Session) -> Result<String, Error> {
    let Some(desk) = request.person.desk() else {
        return Ok(String::new());
    };
    let mut persons = person::all(request).await?;
    let takes_part = |id| session.associations.contains(&id);
    persons.retain(|person| person.association.is_some_and(takes_part));
    let mut lines: Vec<String> = Vec::new();
    let mut units = 0;
    for person in persons.iter().take(NAMED_MAX) {
        let line = person::line(request, person, desk);
        units += utf16_len(&line) + 1;
        if units > LINES_UNITS_MAX {
            break;
        }
        lines.push(line);
    }
    let more = persons.len() - lines.len();
    if more > 0 {
        lines.push(request.say(&text!("session-key-persons-more", count = more)));
    }
    Ok(lines.join("\n"))
}
