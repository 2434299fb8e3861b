//! The page over real HTTP: its interface as a browser uses it, with the real bot behind it.

mod picture;
mod visit;

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use visit::{Visit, refusal};

fn channel_names(server: &Value) -> Vec<&str> {
    let categories = server["categories"].as_array().expect("a list");
    let channels = categories
        .iter()
        .flat_map(|one| one["channels"].as_array().expect("a list"));
    channels
        .map(|channel| channel["name"].as_str().expect("a name"))
        .collect()
}

#[tokio::test]
async fn each_person_gets_the_channels_of_their_own_client() {
    let visit = Visit::begin().await;
    let city = visit.get("/api/people").await;
    let groups = city["groups"].as_array().expect("groups");
    assert_eq!(groups[0]["name"], "連携拠点");
    let people: usize = groups
        .iter()
        .map(|one| one["people"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(people, visit.stage.city.people().len());

    for (key, sees, hidden) in [
        ("コーディネーター", "相談窓口", "どこにもない"),
        ("薬剤師会の会長", "一次-薬剤師会", "相談窓口"),
        ("薬剤師会の会員", "三次連携", "一次-薬剤師会"),
        ("所属のない人", "広場", "三次連携"),
    ] {
        let server = visit
            .get(&format!("/api/people/{}/channels", visit.id(key)))
            .await;
        let names = channel_names(&server);
        assert!(names.contains(&sees), "{key} sees {names:?}");
        assert!(!names.contains(&hidden), "{key} sees {names:?}");
        // What pickers and mentions know is no more than the list shows.
        let known: Vec<&Value> = server["names"]["channels"]
            .as_object()
            .expect("names")
            .values()
            .collect();
        assert!(!known.contains(&&json!(hidden)), "{key} knows {known:?}");
    }
    visit.end().await;
}

#[tokio::test]
async fn who_and_what_is_unknown_is_answered_with_404_and_reasons() {
    let visit = Visit::begin().await;
    let square = visit.stage.city.channel("広場");
    let desk = visit.stage.city.channel("相談窓口");
    let pharmacist = visit.id("薬剤師会の会長");
    for (path, code) in [
        ("/api/people/1/channels".to_owned(), "unknown-person"),
        ("/api/people/nobody/events".to_owned(), "unknown-person"),
        (
            format!("/api/people/1/channels/{square}/messages"),
            "unknown-person",
        ),
        (
            format!("/api/people/{pharmacist}/channels/1/messages"),
            "unknown-channel",
        ),
        (
            format!("/api/people/{pharmacist}/channels/x/commands"),
            "unknown-channel",
        ),
        // Hidden and absent are told alike.
        (
            format!("/api/people/{pharmacist}/channels/{desk}/messages"),
            "unknown-channel",
        ),
        ("/page/none.js".to_owned(), "nothing-here"),
        ("/api/none".to_owned(), "nothing-here"),
    ] {
        let answer = visit
            .ask(Method::GET, &path)
            .send()
            .await
            .expect("an answer");
        assert_eq!(
            refusal(answer).await,
            (StatusCode::NOT_FOUND, code.to_owned()),
            "{path}"
        );
    }
    visit.end().await;
}

#[tokio::test]
async fn other_web_sites_of_the_same_browser_are_kept_out() {
    let visit = Visit::begin().await;
    let place = visit.place("コーディネーター", "広場", "say");
    let body = json!({"text": "よその画面から"});
    let url = format!("{}{place}", visit.address);

    let rebound = visit
        .client
        .get(&visit.address)
        .header("host", "renkei.example:4646");
    let answer = rebound.send().await.expect("an answer");
    assert_eq!(
        refusal(answer).await,
        (StatusCode::FORBIDDEN, "foreign".to_owned())
    );
    for origin in [None, Some("http://renkei.example"), Some("null")] {
        let mut request = visit.client.post(&url).json(&body);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let answer = request.send().await.expect("an answer");
        assert_eq!(
            refusal(answer).await,
            (StatusCode::FORBIDDEN, "foreign".to_owned()),
            "{origin:?}"
        );
    }
    assert!(visit.stage.fake.who_saw("よその画面から").is_empty());

    let index = visit.ask(Method::GET, "/").send().await.expect("an answer");
    let policy = index.headers()["content-security-policy"]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    visit.end().await;
}

#[tokio::test]
async fn a_body_that_cannot_be_meant_is_refused_in_words() {
    let visit = Visit::begin().await;
    let place = |act: &str| visit.place("コーディネーター", "広場", act);
    for (act, body, status, code) in [
        (
            "say",
            json!({"text": "　 \n"}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-value",
        ),
        (
            "say",
            json!({"text": "あ".repeat(2_001)}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-value",
        ),
        (
            "say",
            json!({"text": "あ".repeat(100_000)}),
            StatusCode::PAYLOAD_TOO_LARGE,
            "bad-body",
        ),
        (
            "say",
            json!({"words": "あ"}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-body",
        ),
        (
            "slash",
            json!({"command": "issue drop"}),
            StatusCode::CONFLICT,
            "not-allowed",
        ),
        (
            "slash",
            json!({"command": "issue add", "options": {"no": 1}}),
            StatusCode::CONFLICT,
            "not-allowed",
        ),
        (
            "press",
            json!({"message": "x", "custom_id": "y"}),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-value",
        ),
        (
            "press",
            json!({"message": "1", "custom_id": "y"}),
            StatusCode::CONFLICT,
            "not-allowed",
        ),
        (
            "submit",
            json!({"modal": "1", "fields": {}}),
            StatusCode::NOT_FOUND,
            "unknown-modal",
        ),
    ] {
        let answer = visit.post(&place(act), &body).await;
        assert_eq!(refusal(answer).await, (status, code.to_owned()), "{act}");
    }
    let unread = visit
        .ask(Method::POST, &place("say"))
        .header("content-type", "application/json");
    let answer = unread.body("{").send().await.expect("an answer");
    assert_eq!(
        refusal(answer).await,
        (StatusCode::BAD_REQUEST, "bad-body".to_owned())
    );
    visit.end().await;
}

#[tokio::test]
async fn a_statement_goes_from_the_picker_through_the_form_to_a_card() {
    let visit = Visit::begin().await;
    let (who, square) = ("薬剤師会の連携担当", "広場");
    let offered = visit.get(&visit.place(who, square, "commands")).await;
    let commands = offered["commands"].as_array().expect("commands");
    let add = commands
        .iter()
        .find(|one| one["path"] == "issue add")
        .expect("it is offered");
    assert_eq!(add["display"], "課題 記録");

    let opened = visit
        .act(who, square, "slash", json!({"command": "issue add"}))
        .await;
    assert_eq!(opened["kind"], "modal", "{opened}");
    let field = opened["modal"]["fields"][0]["id"]
        .as_str()
        .expect("a field")
        .to_owned();
    let words = "在宅に出られる薬局が少なく、姿勢がまちまちだ";
    let form = json!({"modal": opened["modal"]["id"], "fields": {field: words}});
    let someone_else = visit
        .post(&visit.place("薬剤師会の会員", square, "submit"), &form)
        .await;
    assert_eq!(
        refusal(someone_else).await.0,
        StatusCode::NOT_FOUND,
        "a form is its person's"
    );
    let sent = visit.act(who, square, "submit", form.clone()).await;
    assert_eq!(sent["kind"], "message", "{sent}");
    let again = visit.post(&visit.place(who, square, "submit"), &form).await;
    assert_eq!(
        refusal(again).await.0,
        StatusCode::NOT_FOUND,
        "a form is sent once"
    );

    let own = visit.messages(who, square).await;
    let answer = own.last().expect("an answer");
    assert_eq!(answer["ephemeral"], true);
    assert_eq!(answer["author"]["name"], "連携");
    assert!(
        visit.messages("薬剤師会の会員", square).await.is_empty(),
        "it is for one person"
    );

    visit.card(words).await;
    let cards = visit.messages("薬剤師会の会長", "一次-薬剤師会").await;
    assert_eq!(cards[0]["embeds"][0]["description"], words);
    let press = json!({"message": cards[0]["id"], "custom_id": cards[0]["components"][0]["components"][0]["custom_id"]});
    let pressed = visit
        .act("薬剤師会の会長", "一次-薬剤師会", "press", press)
        .await;
    assert_eq!(pressed["kind"], "message", "{pressed}");

    let request = visit
        .ask(Method::GET, "/api/seen")
        .query(&[("text", words)]);
    let seen: Value = request
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    let groups = seen["groups"].as_array().expect("groups");
    let readers: Vec<&str> = groups
        .iter()
        .flat_map(|group| group["people"].as_array().expect("people"))
        .filter(|person| person["seen"] == true)
        .map(|person| person["id"].as_str().expect("an id"))
        .collect();
    assert!(readers.contains(&visit.id(who).as_str()));
    assert!(!readers.contains(&visit.id("薬剤師会の会員").as_str()));
    visit.end().await;
}

#[tokio::test]
async fn everybody_in_the_server_sees_its_events() {
    let visit = Visit::begin().await;
    let day = visit.stage.wall().date() + chrono::Days::new(30);
    for (command, options) in [
        (
            "office setting",
            json!({"key": "session_event", "value": "tier3"}),
        ),
        (
            "session plan",
            json!({
                "title": "多職種連携 報告会", "tier": 3, "kind": "report", "start": "18:30",
                "date": day.to_string(), "place": "市民会館",
            }),
        ),
    ] {
        let body = json!({"command": command, "options": options});
        visit.act("コーディネーター", "広場", "slash", body).await;
    }
    visit.stage.dealt_with().await.expect("it comes to rest");
    for key in ["コーディネーター", "所属のない人"] {
        let server = visit
            .get(&format!("/api/people/{}/channels", visit.id(key)))
            .await;
        let events = server["events"].as_array().expect("a list");
        assert_eq!(events.len(), 1, "{key}: {events:?}");
        assert_eq!(events[0]["name"], "第1回 多職種連携 報告会");
        assert_eq!(events[0]["location"], "市民会館");
        assert_eq!(events[0]["active"], false);
        let start = events[0]["start"].as_str().expect("a time");
        assert!(start.starts_with(&day.to_string()), "{start}");
    }
    visit.end().await;
}

#[tokio::test]
async fn a_message_can_be_said_recorded_from_its_menu_and_an_answer_closed() {
    let visit = Visit::begin().await;
    let (who, square) = ("病院連携室の会長", "広場");
    let said = visit
        .act(
            who,
            square,
            "say",
            json!({"text": "退院の連絡が遅れがちです"}),
        )
        .await;
    let body = json!({"message": said["message"], "command": "課題として記録"});
    let outcome = visit.act(who, square, "menu", body).await;
    let kind = outcome["kind"].as_str().expect("a kind");
    assert!(matches!(kind, "message" | "modal"), "{outcome}");

    let list = visit
        .act(who, square, "slash", json!({"command": "issue list"}))
        .await;
    assert_eq!(list["kind"], "message");
    let before = visit.messages(who, square).await.len();
    visit
        .act(who, square, "dismiss", json!({"message": list["message"]}))
        .await;
    assert_eq!(visit.messages(who, square).await.len(), before - 1);
    visit.end().await;
}

#[tokio::test]
async fn suggestions_come_while_one_types() {
    let visit = Visit::begin().await;
    let body = json!({"command": "issue add", "options": {"about": "介護"}, "focused": "about"});
    let answer = visit
        .act("薬剤師会の会長", "広場", "autocomplete", body)
        .await;
    let choices = answer["choices"].as_array().expect("choices");
    assert!(!choices.is_empty() && choices.len() <= 25, "{answer}");
    assert!(choices.iter().any(|one| {
        one["name"]
            .as_str()
            .is_some_and(|name| name.contains("介護"))
    }));
    visit.end().await;
}

#[tokio::test]
async fn an_open_page_hears_what_its_person_can_see_and_nothing_else() {
    let visit = Visit::begin().await;
    let events = |key: &str| {
        visit.ask(
            Method::GET,
            &format!("/api/people/{}/events", visit.id(key)),
        )
    };
    let mut coordinator = events("コーディネーター").send().await.expect("a stream");
    let mut pharmacist = events("薬剤師会の会長").send().await.expect("a stream");
    let (desk, square) = (
        visit.stage.city.channel("相談窓口"),
        visit.stage.city.channel("広場"),
    );
    let at_desk = visit
        .stage
        .fake
        .person(visit.stage.city.guild, visit.stage.city.owner);
    at_desk.say(desk, "窓口だけの話").expect("the owner may");
    at_desk.say(square, "みんなへ").expect("the owner may");
    assert_eq!(
        first_event(&mut coordinator).await,
        format!("event: messages\ndata: {desk}\n\n")
    );
    assert_eq!(
        first_event(&mut pharmacist).await,
        format!("event: messages\ndata: {square}\n\n")
    );
    // Both streams are still open; the page ends all the same.
    visit.end().await;
}

async fn first_event(stream: &mut Response) -> String {
    let bytes = stream
        .chunk()
        .await
        .expect("the stream goes on")
        .expect("something comes");
    let text = String::from_utf8(bytes.to_vec()).expect("text");
    let end = text.find("\n\n").map_or(text.len(), |at| at + 2);
    text[..end].to_owned()
}

#[tokio::test]
async fn the_office_clock_moves_forward_within_bounds() {
    let visit = Visit::begin().await;
    let now = |clock: &Value| {
        chrono::DateTime::parse_from_rfc3339(clock["now"].as_str().expect("a time"))
            .expect("RFC 3339")
    };
    let before = now(&visit.get("/api/clock").await);
    let answer = visit.post("/api/clock", &json!({"seconds": 86_400})).await;
    let after = now(&answer.json().await.expect("JSON"));
    assert!(
        after - before >= chrono::Duration::days(1),
        "{before} {after}"
    );
    for seconds in [json!(0), json!(401 * 86_400)] {
        let answer = visit.post("/api/clock", &json!({"seconds": seconds})).await;
        assert_eq!(
            refusal(answer).await.0,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{seconds}"
        );
    }
    // Discord's calendar follows: a new message bears the new date.
    visit
        .act("コーディネーター", "広場", "say", json!({"text": "あした"}))
        .await;
    let messages = visit.messages("コーディネーター", "広場").await;
    let sent = messages[0]["at"].as_str().expect("a time");
    let sent = chrono::DateTime::parse_from_rfc3339(sent).expect("RFC 3339");
    assert!(sent - before >= chrono::Duration::days(1));
    visit.end().await;
}
