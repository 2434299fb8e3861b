//! Files: what was uploaded, and the signed addresses under which anybody may fetch it for a
//! while (resources/message, "Attachment Object"; reference, "Signed Attachment CDN URLs").

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

mod archive;

use crate::complaint::{Complaint, Side};
use crate::message::{Message, Version};
use crate::state::State;

/// A file at rest.
#[derive(Clone, Debug)]
pub(crate) struct StoredFile {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) filename: String,
    pub(crate) description: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

impl StoredFile {
    /// What a reader gets to read: name, alternative text, and the bytes if they are text, or a sheet.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = vec![self.filename.clone()];
        words.extend(self.description.clone());
        if let Ok(text) = std::str::from_utf8(&self.bytes) {
            words.push(text.trim_start_matches('\u{feff}').to_owned());
        } else if archive::is_one(&self.bytes) {
            words.extend(archive::words(&self.bytes).unwrap_or_default());
        }
        words
    }

    /// Whether an address ends in this file's name.
    pub(crate) fn is_named(&self, in_address: &str) -> bool {
        encoded(&self.filename) == in_address
    }

    /// Width and height, if this is a PNG picture.
    fn picture_size(&self) -> Option<(u32, u32)> {
        let is_png = self.bytes.starts_with(b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| {
            let bytes = self.bytes.get(at..at + 4)?;
            Some(u32::from_be_bytes(bytes.try_into().ok()?))
        };
        if is_png {
            Some((number(16)?, number(20)?))
        } else {
            None
        }
    }
}

/// The type Discord would derive from a file's name; charts and sheets are what is sent here.
pub(crate) fn content_type_of(filename: &str) -> Option<String> {
    let ending = filename.rsplit_once('.')?.1.to_ascii_lowercase();
    let name = match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => return None,
    };
    Some(name.to_owned())
}

/// Percent-encodes what cannot stand in an address.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}

impl State {
    /// Keeps a file of the bot and gives its id. The oracle has to see into it, so one that it cannot
    /// read is a complaint and never passes as a file without words.
    pub(crate) fn store_sent_file(
        &mut self,
        channel: u64,
        filename: String,
        description: Option<String>,
        content_type: Option<String>,
        bytes: Bytes,
    ) -> u64 {
        if archive::is_one(&bytes) && archive::words(&bytes).is_none() {
            self.complaints.push(Complaint {
                side: Side::Request,
                route: "files".to_owned(),
                detail: format!("{filename} is an archive that cannot be read"),
            });
        }
        self.store_file(channel, filename, description, content_type, bytes)
    }

    /// Keeps a file and gives its id.
    pub(crate) fn store_file(
        &mut self,
        channel: u64,
        filename: String,
        description: Option<String>,
        content_type: Option<String>,
        bytes: Bytes,
    ) -> u64 {
        let id = self.fresh_id();
        let content_type = content_type_of(&filename).or(content_type);
        let file = StoredFile {
            id,
            channel,
            filename,
            description,
            content_type,
            bytes,
        };
        self.files.insert(id, file);
        id
    }

    fn signature(&self, id: u64, since: i64, until: i64) -> String {
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(id.to_be_bytes());
        hash.update(since.to_be_bytes());
        hash.update(until.to_be_bytes());
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn file_url(&self, file: &StoredFile) -> String {
        let now = self.now();
        let life = chrono::Duration::from_std(self.switches.attachment_life).unwrap_or_default();
        let until = (now + life).timestamp();
        format!(
            "https://cdn.discordapp.com/attachments/{}/{}/{}?ex={until:x}&is={:x}&hm={}&",
            file.channel,
            file.id,
            encoded(&file.filename),
            now.timestamp(),
            self.signature(file.id, now.timestamp(), until),
        )
    }

    /// Whether an address handed out earlier still opens the file. Both times are signed.
    pub(crate) fn file_opens(
        &self,
        id: u64,
        since_hex: &str,
        until_hex: &str,
        signature: &str,
    ) -> bool {
        let read = |hex| i64::from_str_radix(hex, 16);
        let (Ok(since), Ok(until)) = (read(since_hex), read(until_hex)) else {
            return false;
        };
        let in_time = DateTime::<Utc>::from_timestamp(until, 0).is_some_and(|t| t >= self.now());
        in_time && signature == self.signature(id, since, until)
    }

    /// The attachment object.
    pub(crate) fn file_json(&self, id: u64, ephemeral: bool) -> Value {
        let Some(file) = self.files.get(&id) else {
            return Value::Null;
        };
        let url = self.file_url(file);
        let mut object = json!({
            "id": id.to_string(),
            "filename": file.filename,
            "size": file.bytes.len(),
            "url": url,
            "proxy_url": url.replace("cdn.discordapp.com", "media.discordapp.net"),
        });
        if let Some(description) = &file.description {
            object["description"] = json!(description);
        }
        if let Some(content_type) = &file.content_type {
            object["content_type"] = json!(content_type);
        }
        if let Some((width, height)) = file.picture_size() {
            object["width"] = json!(width);
            object["height"] = json!(height);
        }
        if ephemeral {
            object["ephemeral"] = json!(true);
        }
        object
    }

    pub(crate) fn attachments_json(&self, message: &Message) -> Vec<Value> {
        let ephemeral = message.ephemeral_for.is_some();
        message
            .now()
            .attachments
            .iter()
            .map(|id| self.file_json(*id, ephemeral))
            .collect()
    }

    /// Embeds with `attachment://name` turned into the file's address.
    pub(crate) fn embeds_json(&self, version: &Version) -> Vec<Value> {
        let mut embeds = version.embeds.clone();
        for embed in &mut embeds {
            for slot in ["image", "thumbnail", "video"] {
                let Some(name) = attachment_name(&embed[slot]["url"]) else {
                    continue;
                };
                let mut files = version
                    .attachments
                    .iter()
                    .filter_map(|id| self.files.get(id));
                if let Some(file) = files.find(|file| file.filename == name) {
                    let url = self.file_url(file);
                    embed[slot]["proxy_url"] =
                        json!(url.replace("cdn.discordapp.com", "media.discordapp.net"));
                    embed[slot]["url"] = json!(url);
                    if let Some((width, height)) = file.picture_size() {
                        embed[slot]["width"] = json!(width);
                        embed[slot]["height"] = json!(height);
                    }
                }
            }
        }
        embeds
    }
}

/// The file name an embed's picture refers to.
pub(crate) fn attachment_name(url: &Value) -> Option<String> {
    url.as_str()?
        .strip_prefix("attachment://")
        .map(str::to_owned)
}
