//! Where a request or an answer differs from Discord's own description of the API, or holds a file into
//! which nobody can look.

/// Which side differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The bot's request; it was answered with 50035.
    Request,
    /// The stand-in's answer: a mistake of this crate.
    Response,
}

/// One difference from the OpenAPI description, or a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Whose mistake it is.
    pub side: Side,
    /// Method and route, such as `POST /channels/{channel_id}/messages`.
    pub route: String,
    /// Where in the body, as a JSON pointer, and what is wrong.
    pub detail: String,
}
