//! Speakers under seal: opened with the right key only, and never on the disk in the clear.

use crate::town::{PHARMACIST, Town, draft_issue, later, morning, store_issue};
use domain::{
    id::IssueId,
    issue::Issue,
    speaker::{Desk, Speaker},
};
use storage::{Error, SpeakerKeys, Store, issue};
use tests::database::Database;

fn spoken() -> Issue {
    Issue {
        speaker: Speaker::new("見本花子"),
        ..draft_issue()
    }
}

fn desk() -> Desk {
    domain::audience::Destination::Desk
        .desk()
        .expect("the desk is the desk")
}

async fn find(store: &Store, town: &Town) -> Result<Option<Issue>, Error> {
    let office = town.office;
    store
        .read(move |connection| Box::pin(issue::find(connection, office, IssueId(1))))
        .await
}

on_both! {
    async fn the_desk_reads_the_speaker(town) {
        store_issue(&town.store, town.office, &spoken()).await;
        let found = find(&town.store, &town).await.expect("opened").expect("an issue");
        assert_eq!(found.speaker.expect("a speaker").reveal(desk()), "見本花子");
    }

    async fn a_speaker_cannot_be_read_with_another_key(town) {
        store_issue(&town.store, town.office, &spoken()).await;
        let other = SpeakerKeys::generate().expect("random bytes");
        let stranger = town.fresh.open_with(other.clone()).await;
        assert!(matches!(find(&stranger, &town).await, Err(Error::Sealed)));
        assert!(matches!(stranger.check_keys().await, Err(Error::Sealed)));
        town.store.check_keys().await.expect("every key is at hand");

        let both = town.fresh.open_with(town.fresh.keys.clone().followed_by(other)).await;
        both.check_keys().await.expect("every key is at hand");
        let found = find(&both, &town).await.expect("opened").expect("an issue");
        assert!(found.speaker.is_some());
    }

    async fn a_changed_issue_is_sealed_with_the_newest_key(town) {
        let stored = store_issue(&town.store, town.office, &spoken()).await;
        let newer = SpeakerKeys::generate().expect("random bytes");
        let both = town.fresh.open_with(town.fresh.keys.clone().followed_by(newer.clone())).await;
        let office = town.office;
        change!(both, [stored], |tx| issue::update(tx, office, &stored).await).expect("changed");
        let newest_only = town.fresh.open_with(newer).await;
        newest_only.check_keys().await.expect("the old key is no longer needed");
        assert!(find(&newest_only, &town).await.expect("opened").is_some());
    }

    async fn an_issue_without_a_speaker_needs_no_key(town) {
        town.issue().await;
        let other = SpeakerKeys::generate().expect("random bytes");
        let stranger = town.fresh.open_with(other).await;
        stranger.check_keys().await.expect("nothing is sealed");
        assert!(find(&stranger, &town).await.expect("read").is_some());
    }
}

#[tokio::test]
async fn a_speakers_name_is_nowhere_in_the_files_of_the_database() {
    let town = Town::on(Database::Sqlite).await;
    store_issue(&town.store, town.office, &spoken()).await;
    let office = town.office;
    change!(town.store, |tx| {
        let draft = storage::draft::NewDraft {
            person: PHARMACIST,
            step: "issue-add",
            body: serde_json::json!({ "speaker": "見本花子" }),
            now: morning(),
            expires_at: later(60),
        };
        storage::draft::put(tx, office, &draft).await
    })
    .expect("kept");
    let folder = town
        .fresh
        .file()
        .expect("a file")
        .parent()
        .expect("a folder")
        .to_owned();
    let holds = |bytes: &[u8], words: &str| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    };
    let mut wording_found = false;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        assert!(!holds(&bytes, "見本花子"), "{}", path.display());
        wording_found |= holds(&bytes, "まちまち");
    }
    assert!(
        wording_found,
        "the search would find what is stored in the clear"
    );
}
