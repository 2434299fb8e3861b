//! Faults and rate limits.

use std::time::{Duration, Instant};

use fake_discord::{Channel, Fault, Trouble};
use serde_json::json;

use crate::wire::{Wire, start};

const MESSAGES: &str = "/channels/{channel_id}/messages";

async fn office() -> (Wire, u64) {
    let wire = start().await;
    let guild = wire.fake.guild("架空市", "管理者");
    let channel = wire.fake.add_channel(guild, Channel::text("相談"));
    (wire, channel)
}

#[tokio::test]
async fn an_error_strikes_before_or_after_the_effect() {
    let (wire, channel) = office().await;
    let path = format!("/channels/{channel}/messages");
    wire.fake
        .faults()
        .add(Fault::on("POST", MESSAGES, Trouble::Status(502)));
    assert_eq!(wire.post(&path, json!({"content": "一"})).await.0, 502);
    assert!(wire.fake.messages(channel).is_empty());
    wire.fake
        .faults()
        .add(Fault::on("POST", MESSAGES, Trouble::Status(500)).after_the_effect());
    assert_eq!(wire.post(&path, json!({"content": "二"})).await.0, 500);
    assert_eq!(wire.fake.messages(channel).len(), 1);
    assert_eq!(wire.post(&path, json!({"content": "三"})).await.0, 200);
    assert_eq!(
        (wire.fake.faults().struck(), wire.fake.faults().waiting()),
        (2, 0)
    );
}

#[tokio::test]
async fn a_reset_leaves_the_caller_without_an_answer() {
    let (wire, channel) = office().await;
    let fault = Fault::on("POST", MESSAGES, Trouble::Reset)
        .after_the_effect()
        .when(|line| line.body["content"] == "二");
    wire.fake.faults().add(fault);
    wire.send(channel, json!({"content": "一"})).await;
    let path = format!("/channels/{channel}/messages");
    let sent = wire
        .request("POST", &path)
        .json(&json!({"content": "二"}))
        .send()
        .await;
    assert!(sent.is_err(), "{sent:?}");
    assert_eq!(wire.fake.messages(channel).len(), 2);
    wire.send(channel, json!({"content": "三"})).await;
    let statuses: Vec<u16> = wire.fake.requests().iter().map(|one| one.status).collect();
    assert_eq!(statuses, [200, 0, 200]);
}

#[tokio::test]
async fn slow_answers_html_and_refusals_strike_as_told() {
    let (wire, channel) = office().await;
    let path = format!("/channels/{channel}/messages");
    let span = Duration::from_millis(60);
    wire.fake.faults().add(Fault::any(Trouble::Slow(span)));
    let begun = Instant::now();
    wire.send(channel, json!({"content": "遅い"})).await;
    assert!(begun.elapsed() >= span);
    wire.fake.faults().add(Fault::any(Trouble::Html429(7)));
    let response = wire.request("GET", &path).send().await.unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "7");
    assert!(response.headers().get("x-ratelimit-scope").is_none());
    wire.fake
        .faults()
        .add(Fault::any(Trouble::Refused(403, 50001, "Missing Access".into())).times(2));
    for _ in 0..2 {
        assert_eq!(wire.get(&path).await.1["code"], 50001);
    }
    assert_eq!(wire.get(&path).await.0, 200);
    assert_eq!(wire.fake.invalid_requests(), 3);
}

#[tokio::test]
async fn limits_show_in_headers_and_end_in_429() {
    let (wire, channel) = office().await;
    wire.fake
        .limit_route("GET", MESSAGES, 2, Duration::from_secs(60));
    let path = format!("/channels/{channel}/messages");
    let first = wire.request("GET", &path).send().await.unwrap();
    assert_eq!(first.headers()["x-ratelimit-limit"], "2");
    assert_eq!(first.headers()["x-ratelimit-remaining"], "1");
    assert!(first.headers().contains_key("x-ratelimit-bucket"));
    wire.get(&path).await;
    let third = wire.request("GET", &path).send().await.unwrap();
    assert_eq!(third.status(), 429);
    assert_eq!(third.headers()["x-ratelimit-scope"], "user");
    let wait: u64 = third.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((59..=60).contains(&wait));
    let body: serde_json::Value = third.json().await.unwrap();
    assert_eq!(body["global"], false);
    // Another route and another channel are not concerned.
    assert_eq!(wire.post(&path, json!({"content": "x"})).await.0, 200);
    assert_eq!(wire.fake.limited_requests(), 1);
}

#[tokio::test]
async fn the_global_limit_holds_over_all_routes() {
    let (wire, channel) = office().await;
    wire.fake
        .set(|switches| switches.global_limit_per_second = Some(3));
    let begun = Instant::now();
    let mut statuses = Vec::new();
    for path in [
        "/users/@me".to_owned(),
        format!("/channels/{channel}"),
        "/gateway/bot".into(),
    ] {
        statuses.push(wire.get(&path).await.0);
    }
    let (status, answer) = wire.get("/users/@me").await;
    assert_eq!(statuses, [200, 200, 200]);
    // On a machine that needs a second for four requests the window is a new one.
    assert!(status == 429 && answer["global"] == true || begun.elapsed() > Duration::from_secs(1));
}
