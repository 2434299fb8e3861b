//! The story as the terminal shows it, played to the end.

use rehearsal::stage::Stage;
use rehearsal::story;

#[tokio::test]
async fn the_story_records_what_the_manual_says_and_leaks_nothing() {
    let stage = Stage::set(None).await.expect("the stage is set");
    let mut out = Vec::new();
    let summary = story::tell(&stage, &mut out)
        .await
        .expect("the story is told");
    stage.strike().await.expect("the folder goes");
    let text = String::from_utf8(out).expect("text");
    assert_eq!(summary.leaked, 0, "{text}");
    assert_eq!(summary.recorded + summary.refused, story::STATEMENTS.len());
    assert_eq!(
        summary.refused, 1,
        "only the invented patient is refused\n{text}"
    );
    for place in [
        "#一次-薬剤師会",
        "#一次-リハビリ",
        "#相談窓口",
        "#二次-多職種 の投稿",
        "#三次連携 の投稿",
    ] {
        assert!(text.contains(place), "{place}\n{text}");
    }
    assert!(text.contains("［氏名］"), "{text}");
    assert!(text.contains("を二次連携へ共有する"), "{text}");
    // What follows from the first statement, and everything the office is reminded of.
    for followed in [
        "［この案をすべて入れる］",
        "「周知」を済みにしました",
        "サーバーの全員",
        "反省会 1（#1）",
        "［登録する］",
        "進捗チャンネルに出します",
        "#進捗　",
        "週のまとめ",
        "お知らせ　令和",
    ] {
        assert!(text.contains(followed), "{followed}\n{text}");
    }
    assert!(summary.followed >= 3, "{text}");
    assert!(!text.contains('×'), "{text}");
    let widest = text
        .lines()
        .map(|line| line.chars().map(columns).sum::<usize>())
        .max();
    assert!(
        widest.is_some_and(|columns| columns <= 100),
        "{widest:?}\n{text}"
    );
}

fn columns(letter: char) -> usize {
    if letter.is_ascii() { 1 } else { 2 }
}
