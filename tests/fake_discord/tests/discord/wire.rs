//! A bot by hand: REST through reqwest, the gateway through a bare WebSocket.

use std::time::Duration;

use fake_discord::{Fake, Options, Side};
use futures::{SinkExt, StreamExt};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longest wait for anything that should come at once.
pub(crate) const SOON: Duration = Duration::from_secs(5);
/// GUILDS.
pub(crate) const GUILDS: u64 = 1;

/// Options with the description, where there is one.
pub(crate) fn options() -> Options {
    let openapi = std::env::var_os("RENKEI_DISCORD_OPENAPI").map(Into::into);
    Options {
        openapi,
        ..Options::default()
    }
}

pub(crate) async fn start() -> Wire {
    Wire::new(Fake::start(options()).await.unwrap())
}

/// A reqwest client that takes the stand-in for discord.com.
pub(crate) fn client(fake: &Fake) -> reqwest::Client {
    reqwest::Client::builder()
        .resolve("discord.com", fake.address())
        .resolve("cdn.discordapp.com", fake.address())
        .add_root_certificate(reqwest::Certificate::from_pem(fake.ca_pem().as_bytes()).unwrap())
        .user_agent("DiscordBot (https://example.com, 1)")
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

/// REST by hand. On drop it insists that the stand-in's own answers fit the description.
pub(crate) struct Wire {
    pub(crate) fake: Fake,
    pub(crate) http: reqwest::Client,
}

impl Drop for Wire {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let complaints = self.fake.complaints();
            let own: Vec<_> = complaints
                .iter()
                .filter(|one| one.side == Side::Response)
                .collect();
            assert!(
                own.is_empty(),
                "answers differ from the description: {own:#?}"
            );
        }
        self.fake.shutdown();
    }
}

impl Wire {
    pub(crate) fn new(fake: Fake) -> Self {
        let http = client(&fake);
        Self { fake, http }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let url = format!("https://discord.com/api/v10{path}");
        self.http
            .request(method.parse().unwrap(), url)
            .header("authorization", format!("Bot {}", self.fake.token()))
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let mut request = self.request(method, path);
        if !body.is_null() {
            request = request.json(&body);
        }
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", path, Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call("POST", path, body).await
    }

    /// A multipart request with files numbered from 0.
    pub(crate) async fn upload(
        &self,
        method: &str,
        path: &str,
        payload: Value,
        files: &[(&str, &[u8])],
    ) -> (u16, Value) {
        let mut form = Form::new().text("payload_json", payload.to_string());
        for (number, (name, bytes)) in files.iter().enumerate() {
            let part = Part::bytes(bytes.to_vec()).file_name((*name).to_owned());
            form = form.part(format!("files[{number}]"), part);
        }
        read(
            self.request(method, path)
                .multipart(form)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// Sends a message that must be accepted, and gives its id.
    pub(crate) async fn send(&self, channel: u64, body: Value) -> u64 {
        let (status, answer) = self
            .post(&format!("/channels/{channel}/messages"), body)
            .await;
        assert_eq!(status, 200, "{answer}");
        id_of(&answer)
    }

    /// Registers global commands that must be accepted.
    pub(crate) async fn register(&self, commands: Value) {
        let path = format!("/applications/{}/commands", self.fake.application_id());
        let (status, answer) = self.call("PUT", &path, commands).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// The first answer to an interaction.
    pub(crate) async fn answer(&self, interaction: &Value, body: Value) -> (u16, Value) {
        let (id, token) = (text(&interaction["id"]), text(&interaction["token"]));
        self.post(&format!("/interactions/{id}/{token}/callback"), body)
            .await
    }

    /// The path of an interaction's webhook.
    pub(crate) fn webhook(&self, interaction: &Value) -> String {
        let token = text(&interaction["token"]);
        format!("/webhooks/{}/{token}", self.fake.application_id())
    }
}

async fn read(response: reqwest::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

pub(crate) fn id_of(object: &Value) -> u64 {
    text(&object["id"]).parse().unwrap()
}

pub(crate) fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
}

/// A gateway connection by hand.
pub(crate) struct Line {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) sequence: u64,
}

impl Line {
    /// Connects and hears the hello.
    pub(crate) async fn open(fake: &Fake) -> (Self, Value) {
        let url = format!("{}/?v=10&encoding=json", fake.gateway_url());
        let (socket, _) = connect_async(url).await.unwrap();
        let mut line = Self {
            socket,
            sequence: 0,
        };
        let hello = line.next().await.unwrap();
        (line, hello)
    }

    /// Connects, identifies, and hears READY and one GUILD_CREATE per server.
    pub(crate) async fn identify(fake: &Fake, intents: u64) -> (Self, Value) {
        let (mut line, _) = Self::open(fake).await;
        line.say(json!({"op": 2, "d": {
            "token": fake.token(), "intents": intents, "properties": {},
        }}))
        .await;
        let ready = line.event("READY").await;
        (line, ready)
    }

    pub(crate) async fn say(&mut self, frame: Value) {
        self.socket
            .send(Message::text(frame.to_string()))
            .await
            .unwrap();
    }

    pub(crate) async fn say_text(&mut self, text: &str) {
        self.socket
            .send(Message::text(text.to_owned()))
            .await
            .unwrap();
    }

    /// The next frame, or the close code.
    pub(crate) async fn next(&mut self) -> Result<Value, Option<u16>> {
        loop {
            let received = tokio::time::timeout(SOON, self.socket.next());
            match received.await.expect("a frame comes soon") {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(text.as_str()).unwrap();
                    self.sequence = frame["s"].as_u64().unwrap_or(self.sequence);
                    return Ok(frame);
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map(|frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    /// Data of the next event of this name; others are passed over.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let frame = self
                .next()
                .await
                .unwrap_or_else(|code| panic!("closed with {code:?}"));
            if frame["t"] == name {
                return frame["d"].clone();
            }
        }
    }

    /// The close code with which the connection ends.
    pub(crate) async fn end(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }

    /// Names of the events that have come, up to and with `last`.
    pub(crate) async fn names_until(&mut self, last: &str) -> Vec<String> {
        let mut names = Vec::new();
        while names.last().is_none_or(|name| name != last) {
            let frame = self
                .next()
                .await
                .unwrap_or_else(|code| panic!("closed with {code:?}"));
            names.push(frame["t"].as_str().unwrap_or_default().to_owned());
        }
        names
    }
}
