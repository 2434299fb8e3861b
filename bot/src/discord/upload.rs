//! Files beside the words of a message: what is said of them, and the form that carries them
//! (reference, "Uploading Files").

use commands::answer::File;
use reqwest::{
    Request,
    header::CONTENT_LENGTH,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

/// What is said of files in the body, by the number under which they are sent. In an edit, files that
/// are not named here go.
pub(super) fn named(files: &[File]) -> Vec<Value> {
    let named = |(number, file): (usize, &File)| json!({ "id": number, "filename": file.name(), "description": file.description() });
    files.iter().enumerate().map(named).collect()
}

/// The form that carries a body with files; `None` where there are no files, and the body goes alone.
///
/// # Errors
/// Never for the kinds of files there are.
pub(super) fn form(body: &Value, files: &[File]) -> reqwest::Result<Option<Form>> {
    if files.is_empty() {
        return Ok(None);
    }
    let mut form = Form::new().text("payload_json", body.to_string());
    for (number, file) in files.iter().enumerate() {
        let part = Part::bytes(file.bytes().to_vec())
            .file_name(file.name().to_owned())
            .mime_str(kind_of(file.name()))?;
        form = form.part(format!("files[{number}]"), part);
    }
    Ok(Some(form))
}

/// Leaves one length on a request that carries a form: what made it has said 0 for a body it did not see.
pub(super) fn with_one_length(mut request: Request) -> Request {
    let mut lengths = request.headers().get_all(CONTENT_LENGTH).iter();
    if let Some(length) = lengths.next_back().cloned() {
        request.headers_mut().insert(CONTENT_LENGTH, length);
    }
    request
}

/// The media type, by the end of the name.
fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("png") => "image/png",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("csv") => "text/csv",
        Some("ics") => "text/calendar",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> File {
        File::new(name.to_owned(), format!("説明 {name}"), b"abc".to_vec()).expect("a plain name")
    }

    #[test]
    fn files_are_named_by_the_number_they_are_sent_under() {
        let files = [file("month-202611.png"), file("month-202611.xlsx")];
        assert_eq!(
            named(&files)[1],
            json!({ "id": 1, "filename": "month-202611.xlsx", "description": "説明 month-202611.xlsx" })
        );
        assert_eq!(named(&[]), [] as [Value; 0]);
        assert!(form(&json!({}), &[]).expect("a form").is_none());
    }

    #[test]
    fn a_request_with_a_form_has_one_length() {
        let client = reqwest::Client::new();
        let form = form(&json!({ "content": "" }), &[file("a.png")]).expect("a form");
        let request = client
            .post("http://127.0.0.1/")
            .header(CONTENT_LENGTH, 0)
            .multipart(form.expect("there are files"))
            .build()
            .expect("a request");
        let request = with_one_length(request);
        let lengths: Vec<_> = request.headers().get_all(CONTENT_LENGTH).iter().collect();
        assert_eq!(lengths.len(), 1);
        assert!(
            lengths[0]
                .to_str()
                .expect("digits")
                .parse::<u64>()
                .expect("a number")
                > 3
        );
    }
}
