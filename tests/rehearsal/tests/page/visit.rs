//! A served page with the real bot behind it, and a browser's hands on it.

use std::sync::Arc;
use std::time::Duration;

use rehearsal::page;
use rehearsal::stage::Stage;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A served page.
pub(crate) struct Visit {
    pub(crate) stage: Arc<Stage>,
    pub(crate) client: reqwest::Client,
    pub(crate) address: String,
    stop: CancellationToken,
    serving: JoinHandle<anyhow::Result<()>>,
}

impl Visit {
    pub(crate) async fn begin() -> Self {
        let stage = Arc::new(Stage::set(None).await.expect("the stage is set"));
        let listener = page::listen(0).await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let stop = CancellationToken::new();
        let serving = tokio::spawn(page::serve(listener, Arc::clone(&stage), stop.clone()));
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .build()
            .expect("a client");
        Self {
            stage,
            client,
            address,
            stop,
            serving,
        }
    }

    pub(crate) async fn end(self) {
        self.stop.cancel();
        let served = tokio::time::timeout(PATIENCE, self.serving).await;
        served
            .expect("open streams do not hold it up")
            .expect("no panic")
            .expect("it served");
        let stage = Arc::into_inner(self.stage).expect("nobody else holds the stage");
        stage.strike().await.expect("the folder goes");
    }

    pub(crate) fn id(&self, key: &str) -> String {
        self.stage.city.person(key).to_string()
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method.clone(), format!("{}{path}", self.address));
        if method == Method::POST {
            request.header("origin", &self.address)
        } else {
            request
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.ask(Method::GET, path).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.expect("JSON")
    }

    /// Something a person does in a channel.
    pub(crate) async fn act(&self, key: &str, channel: &str, act: &str, body: Value) -> Value {
        let answer = self.post(&self.place(key, channel, act), &body).await;
        let status = answer.status();
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(status, StatusCode::OK, "{act}: {body}");
        body
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.ask(Method::POST, path)
            .json(body)
            .send()
            .await
            .expect("an answer")
    }

    pub(crate) fn place(&self, key: &str, channel: &str, act: &str) -> String {
        let channel = self.stage.city.channel(channel);
        format!("/api/people/{}/channels/{channel}/{act}", self.id(key))
    }

    pub(crate) async fn messages(&self, key: &str, channel: &str) -> Vec<Value> {
        let mut body = self.get(&self.place(key, channel, "messages")).await;
        match body["messages"].take() {
            Value::Array(messages) => messages,
            other => panic!("messages are a list, not {other}"),
        }
    }

    /// Waits until the bot has posted a card with these words.
    pub(crate) async fn card(&self, words: &str) {
        let bot = self.stage.fake.application_id();
        let stands = |message: &fake_discord::StoredMessage| {
            message.author == bot
                && message.ephemeral_for.is_none()
                && message.text().contains(words)
        };
        let there = |fake: &fake_discord::Fake| fake.all_messages().iter().any(stands);
        self.stage
            .fake
            .until(there, PATIENCE)
            .await
            .expect("the card comes");
    }
}

/// Status and code of an answer that is no success; it must say why in words.
pub(crate) async fn refusal(answer: Response) -> (StatusCode, String) {
    let status = answer.status();
    let body: Value = answer.json().await.expect("a refusal is JSON");
    assert!(
        !body["message"].as_str().unwrap_or_default().is_empty(),
        "it says why: {body}"
    );
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}
