//! Discord's own description of its API (OpenAPI 3.1), held against requests and answers.
//!
//! The description is large: it is read once per process and path, and each route's schemas are
//! compiled when that route is first used. Where it differs from the documentation, the
//! documentation wins, so the stricter rules are in [`crate::validation`].

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Context;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::validation::Errors;

/// Under which address the description knows itself.
const BASE: &str = "https://discord.com/openapi.json";

struct Document {
    description: Value,
    registry: Registry<'static>,
    /// Compiled schemas by JSON pointer; `None` where the description has none.
    compiled: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

/// A description that is open.
#[derive(Clone, Copy)]
pub(crate) struct Schema(&'static Document);

/// Descriptions read by this process; they stay until it ends.
static OPENED: OnceLock<Mutex<HashMap<PathBuf, &'static Document>>> = OnceLock::new();

/// One difference.
#[derive(Debug)]
pub(crate) struct Difference {
    /// JSON pointer into the body.
    pub(crate) place: String,
    /// The keyword that failed.
    pub(crate) keyword: String,
    pub(crate) message: String,
}

impl Schema {
    /// Reads the description, or finds it already read.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let opened = OPENED.get_or_init(Mutex::default);
        let mut opened = opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = opened.get(path) {
            return Ok(Self(document));
        }
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let description: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        let registry = Registry::new()
            .add(BASE, description.clone())
            .context("the description cannot be registered")?
            .prepare()
            .context("the description's references cannot be resolved")?;
        let document = Document {
            description,
            registry,
            compiled: Mutex::default(),
        };
        let document: &'static Document = Box::leak(Box::new(document));
        opened.insert(path.to_owned(), document);
        Ok(Self(document))
    }

    /// Differences of a request's body.
    pub(crate) fn check_request(self, method: &str, route: &str, body: &Value) -> Vec<Difference> {
        let operation = operation(method, route);
        let place = format!("{operation}/requestBody/content/application~1json/schema");
        let mut body = body.clone();
        as_described(&mut body);
        self.differences(&place, &body)
    }

    /// Differences of an answer's body.
    pub(crate) fn check_response(
        self,
        method: &str,
        route: &str,
        status: u16,
        body: &Value,
    ) -> Vec<Difference> {
        let operation = operation(method, route);
        let place = format!("{operation}/responses/{status}/content/application~1json/schema");
        self.differences(&place, body)
    }

    /// Whether the description knows the route, and if so, whether this status is one of its
    /// successful answers.
    pub(crate) fn knows_status(self, method: &str, route: &str, status: u16) -> bool {
        let operation = self.0.description.pointer(&operation(method, route));
        operation.is_none_or(|operation| operation["responses"][status.to_string()].is_object())
    }

    fn differences(self, pointer: &str, body: &Value) -> Vec<Difference> {
        let Some(validator) = self.validator(pointer) else {
            return Vec::new();
        };
        if validator.is_valid(body) {
            return Vec::new();
        }
        let told = |error: jsonschema::ValidationError<'_>| Difference {
            place: error.instance_path().to_string(),
            keyword: error.kind().keyword().to_owned(),
            message: error.to_string().chars().take(MESSAGE_MAX).collect(),
        };
        validator.iter_errors(body).map(told).collect()
    }

    fn validator(self, pointer: &str) -> Option<Arc<Validator>> {
        let compiled = &self.0.compiled;
        let mut compiled = compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let known = compiled.entry(pointer.to_owned()).or_insert_with(|| {
            self.0.description.pointer(pointer)?;
            let reference = json!({"$ref": format!("{BASE}#{}", encoded(pointer))});
            let built = jsonschema::options()
                .with_registry(&self.0.registry)
                .build(&reference);
            match built {
                Ok(validator) => Some(Arc::new(validator)),
                Err(error) => {
                    tracing::error!(%error, pointer, "a schema of the description is not usable");
                    None
                }
            }
        });
        known.clone()
    }
}

/// Spells out what the documentation allows and the description does not: the documentation wins.
/// Attachments may be numbered with integers (reference, "Uploading Files", shows them so), and
/// `default_member_permissions` is a string of bits.
fn as_described(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(as_described),
        Value::Object(fields) => {
            for (name, field) in fields {
                let bits = field.as_str().and_then(|bits| bits.parse::<u64>().ok());
                match (name.as_str(), bits) {
                    ("default_member_permissions", Some(bits)) => *field = json!(bits),
                    ("attachments", _) => {
                        for one in field.as_array_mut().into_iter().flatten() {
                            if let Some(id) = one["id"].as_u64() {
                                one["id"] = json!(id.to_string());
                            }
                        }
                    }
                    _ => as_described(field),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Messages quote the body; more than this helps nobody.
const MESSAGE_MAX: usize = 400;

fn operation(method: &str, route: &str) -> String {
    let route = route.replace('~', "~0").replace('/', "~1");
    format!("/paths/{route}/{}", method.to_lowercase())
}

/// Braces and the like as a fragment writes them.
fn encoded(pointer: &str) -> String {
    pointer.replace('{', "%7B").replace('}', "%7D")
}

/// A request's differences as Discord would answer them. The code words are experience where the
/// documentation has none.
pub(crate) fn as_errors(differences: &[Difference]) -> Errors {
    let mut errors = Errors::default();
    for difference in differences {
        let path = difference.place.trim_start_matches('/').replace('/', ".");
        let code = match difference.keyword.as_str() {
            "required" => "BASE_TYPE_REQUIRED",
            "enum" | "const" => "BASE_TYPE_CHOICES",
            "minLength" | "maxLength" | "minItems" | "maxItems" => "BASE_TYPE_BAD_LENGTH",
            "type" => "BASE_TYPE_INVALID",
            "pattern" => "STRING_TYPE_REGEX",
            _ => "MODEL_TYPE_CONVERT",
        };
        errors.add(&path, code, difference.message.clone());
    }
    errors
}
