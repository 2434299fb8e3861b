//! Ports: who may write to the database, who may answer a person, who may send to a channel, and what
//! the bot must not decide.

use crate::{Complaint, finds, hold, house::HOUSE, source::Source};
use std::sync::LazyLock;

/// Texts that change a database.
static WRITING_SQL: LazyLock<regex::Regex> = LazyLock::new(|| {
    let pattern = r"(?i)\b(insert\s+into\s+\w|update\s+\w+\s+set\s|delete\s+from\s+\w|(create|alter|drop)\s+table\s)";
    regex::Regex::new(pattern).expect("a good pattern")
});

/// Answers a person. Only the dispatcher does.
const ANSWERS: &[&str] = &[
    "create_interaction_response",
    "edit_original_interaction_response",
    "delete_original_interaction_response",
    "create_followup_message",
    "edit_followup_message",
    "create_response",
    "edit_response",
    "create_followup",
    "send_reply",
    "say_reply",
];
/// Where the dispatcher is.
const DISPATCHER: &str = "commands/src/dispatch";

/// Changes what stands in a channel. Only the port of the bot does.
const SENDS: &[&str] = &[
    "send_message",
    "edit_message",
    "delete_message",
    "create_forum_post",
    "create_forum_post_with_attachments",
    "create_thread",
    "create_thread_from_message",
    "edit_thread",
    "create_scheduled_event",
    "edit_scheduled_event",
    "execute_webhook",
    "create_private_channel",
    "create_dm_channel",
    "direct_message",
    "CreateMessage",
];
/// Where the port is.
const PORT: &str = "bot/src/discord";

/// What the bot must not name: it carries what others decided and holds no rule itself.
const DECIDED_ELSEWHERE: &[&str] = &[
    "Tier",
    "Status",
    "Origin",
    "Disclosure",
    "View",
    "Why",
    "MoveFault",
    "Rank",
];
/// Modules of the domain that are rules about records.
const RULES: &[&str] = &[
    "domain::tier",
    "domain::issue",
    "domain::routing",
    "domain::visibility",
    "domain::personal_data",
    "domain::speaker",
];

fn check<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        let path = source.path.as_str();
        let is_product = ["bot/src/", "commands/src/", "storage/"]
            .iter()
            .any(|r| path.starts_with(r));
        if !is_product {
            continue;
        }
        let mut complain = |line, what: String| complaints.push(Complaint::new(path, line, what));
        if !path.starts_with("storage/") {
            for literal in source.literals.iter().filter(|literal| !literal.test) {
                if let Some(found) = WRITING_SQL.find(&literal.what) {
                    complain(
                        literal.line,
                        format!("`{}`: SQL stands in storage", found.as_str()),
                    );
                }
            }
        }
        for (name, line) in source.plain_names() {
            if ANSWERS.contains(&name) && !path.starts_with(DISPATCHER) {
                complain(line, format!("{name}: only the dispatcher answers"));
            }
            if SENDS.contains(&name) && !path.starts_with(PORT) {
                complain(
                    line,
                    format!("{name}: only {PORT} sends; want a row of the outbox"),
                );
            }
        }
        if path.starts_with("bot/src/") {
            for seen in source.plain_paths() {
                let rule = RULES.iter().find(|rule| {
                    seen.what == **rule || seen.what.starts_with(&format!("{rule}::"))
                });
                let variant = seen.what.rsplit("::").nth(1);
                if rule.is_some() || variant.is_some_and(|name| DECIDED_ELSEWHERE.contains(&name)) {
                    complain(seen.line, format!("{}: the bot holds no rule", seen.what));
                }
            }
        }
    }
    complaints
}

#[test]
fn each_thing_goes_out_through_its_own_port() {
    hold(check(HOUSE.sources.iter()));
}

#[test]
fn a_way_around_a_port_is_found() {
    let sources = [
        Source::read(
            "commands/src/a.rs",
            r#"fn f() { run("insert into issue values ($1)"); }"#,
        ),
        Source::read(
            "commands/src/b.rs",
            "fn f() { http.create_interaction_response(1); }",
        ),
        Source::read(
            "bot/src/c.rs",
            "fn f() { channel.send_message(&http, CreateMessage::new()); }",
        ),
        Source::read(
            "bot/src/d.rs",
            "fn f() { match t { Tier::One => 1, _ => 2 } }",
        ),
        Source::read("bot/src/e.rs", "use domain::{id::OfficeId, issue::Status};"),
        Source::read(
            "bot/src/discord/send.rs",
            "fn f() { http.send_message(1); }",
        ),
        Source::read(
            "commands/src/dispatch.rs",
            "fn f() { http.create_interaction_response(1); }",
        ),
        Source::read(
            "storage/src/g.rs",
            r#"fn f() { run("delete from issue"); }"#,
        ),
        Source::read(
            "bot/src/h.rs",
            r#"fn f() -> StatusCode { StatusCode::OK; log("updated the set") }"#,
        ),
    ];
    finds(
        &check(sources.iter()),
        &[
            "insert into",
            "only the dispatcher",
            "CreateMessage",
            "send_message",
            "Tier::One",
            "Status",
        ],
    );
}
