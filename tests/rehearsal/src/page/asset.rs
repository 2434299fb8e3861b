//! The files of the page, part of the program: no build step, nothing from elsewhere.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

macro_rules! files {
    ($($name:literal: $kind:expr),* $(,)?) => {
        /// Name, media type and content of every file below `/page/`.
        const FILES: &[(&str, &str, &str)] =
            &[$(($name, $kind, include_str!(concat!("../../page/", $name)))),*];
    };
}

files! {
    "api.js": SCRIPT,
    "channel.js": SCRIPT,
    "clock.js": SCRIPT,
    "command.js": SCRIPT,
    "composer.js": SCRIPT,
    "control.js": SCRIPT,
    "element.js": SCRIPT,
    "event.js": SCRIPT,
    "form.css": STYLE,
    "frame.css": STYLE,
    "main.js": SCRIPT,
    "markdown.js": SCRIPT,
    "message.css": STYLE,
    "message.js": SCRIPT,
    "modal.js": SCRIPT,
    "option.js": SCRIPT,
    "people.js": SCRIPT,
    "seen.js": SCRIPT,
}

/// `GET /`
pub(super) async fn index() -> Response {
    served(
        "text/html; charset=utf-8",
        include_str!("../../page/index.html"),
    )
}

/// `GET /page/{name}`
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Refusal> {
    let found = FILES.iter().find(|(known, ..)| *known == name);
    found
        .map(|(_, kind, content)| served(kind, content))
        .ok_or_else(Refusal::nothing_here)
}

fn served(kind: &'static str, content: &'static str) -> Response {
    // A rebuilt program must not meet yesterday's scripts in the browser.
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], content).into_response()
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn every_module_that_is_imported_is_served() {
        let served = |name: &str| FILES.iter().any(|(known, ..)| *known == name);
        let mut imports = 0;
        for (file, _, content) in FILES {
            for line in content.lines().filter(|line| line.starts_with("import ")) {
                let name = line.split('"').nth(1).expect("an import names its module");
                let name = name.strip_prefix("./").expect("modules stand side by side");
                assert!(served(name), "{file} imports {name}");
                imports += 1;
            }
        }
        assert!(imports > 10, "the modules import each other");
        let index = include_str!("../../page/index.html");
        for name in index
            .split("\"/page/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(served(name), "the page asks for {name}");
        }
    }

    #[test]
    fn nothing_anybody_wrote_becomes_markup() {
        for (file, _, content) in FILES {
            for dangerous in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
            ] {
                assert!(!content.contains(dangerous), "{file} has {dangerous}");
            }
        }
    }
}
