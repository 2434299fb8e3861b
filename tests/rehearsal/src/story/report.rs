//! What is printed: one block per statement, and what it all came to.

use std::io::{Result, Write};
use std::time::Duration;

use serde_json::{Value, json};

use super::Summary;
use super::layout::{heading, labelled};
use super::play::{ISSUE_ADD, Recorded, Refused, Told};
use super::scene;
use super::statement::Statement;
use crate::stage::Stage;

/// Before the first statement.
pub(super) fn opening(stage: &Stage, out: &mut dyn Write) -> Result<()> {
    let people = stage.city.people().len();
    writeln!(
        out,
        "連携 予行演習：{}（架空の街、{people}人）",
        stage.name()
    )?;
    writeln!(
        out,
        "手引き「階層別連携コーディネートと課題解決支援」のことばを、「/課題 記録」で言ってみます。"
    )?;
    writeln!(
        out,
        "届いた人は、決まりからの推測ではなく、各人の画面に実際に送られた内容から数えています。"
    )
}

/// One statement.
pub(super) fn block(
    stage: &Stage,
    position: usize,
    statement: &Statement,
    told: &Told,
    out: &mut dyn Write,
) -> Result<()> {
    let speaker = stage
        .city
        .people()
        .iter()
        .find(|person| person.key == statement.person);
    let name = speaker.map_or(statement.person, |person| person.name.as_str());
    let capacity = speaker.map_or("", |person| Stage::capacity(person));
    write!(
        out,
        "{}",
        heading(&format!("{position}. {name}（{capacity}）"))
    )?;
    write!(
        out,
        "{}",
        labelled("ことば", &format!("「{}」", statement.words))
    )?;
    write!(out, "{}", labelled("出どころ", statement.source))?;
    if !statement.options.is_empty() {
        write!(
            out,
            "{}",
            labelled("添えた項目", &options(stage, statement))
        )?;
    }
    match told {
        Told::Recorded(recorded) => write_recorded(stage, recorded, out),
        Told::Refused(refused) => write_refused(refused, out),
    }
}

fn write_recorded(stage: &Stage, recorded: &Recorded, out: &mut dyn Write) -> Result<()> {
    let everybody: Vec<u64> = stage.city.people().iter().map(|person| person.id).collect();
    let others: Vec<u64> = everybody
        .iter()
        .copied()
        .filter(|id| !recorded.readers.contains(id))
        .collect();
    write!(out, "{}", labelled("番号", &recorded.number))?;
    write!(out, "{}", labelled("階層", &recorded.tier))?;
    write!(out, "{}", labelled("届け先", &recorded.destination))?;
    write!(out, "{}", labelled("カード", &recorded.place))?;
    write!(
        out,
        "{}",
        labelled("届いた人", &counted(stage, &recorded.readers))
    )?;
    write!(
        out,
        "{}",
        labelled("届いていない人", &counted(stage, &others))
    )?;
    if let Some(speaker) = &recorded.speaker {
        let readers = counted(stage, &speaker.readers);
        write!(
            out,
            "{}",
            labelled("発言者のお名前", &format!("届いたのは {readers}"))
        )?;
    }
    let mut strangers = recorded.strangers.clone();
    strangers.extend(
        recorded
            .speaker
            .iter()
            .flat_map(|speaker| &speaker.strangers),
    );
    let check = if strangers.is_empty() {
        "○ 言った人と、カードを見られる人のほかには届いていません".to_owned()
    } else {
        format!(
            "× 届いてはいけない人に届きました：{}",
            names(stage, &strangers)
        )
    };
    write!(out, "{}", labelled("確かめ", &check))
}

fn write_refused(refused: &Refused, out: &mut dyn Write) -> Result<()> {
    write!(out, "{}", labelled("記録", "していません"))?;
    write!(out, "{}", labelled("答え", &refused.answer))?;
    let check = if refused.leaked() {
        "× 隠すはずのことばが、画面に出ました"
    } else {
        "○ 書いた人のほかには、だれの画面にも出ていません"
    };
    write!(out, "{}", labelled("確かめ", check))
}

/// The options in the words of the client: 把握の場＝公開の場.
fn options(stage: &Stage, statement: &Statement) -> String {
    let person = stage
        .fake
        .person(stage.city.guild, stage.city.person(statement.person));
    let given: Vec<(&str, Value)> = statement
        .options
        .iter()
        .map(|(name, value)| (*name, json!(value)))
        .collect();
    scene::options(stage, &person, ISSUE_ADD, &given).join("　")
}

pub(super) fn counted(stage: &Stage, people: &[u64]) -> String {
    let groups: Vec<String> = stage
        .counted(people)
        .into_iter()
        .map(|(group, count)| format!("{group} {count}"))
        .collect();
    match groups.is_empty() {
        true => "0人".to_owned(),
        false => format!("{}人（{}）", people.len(), groups.join("、")),
    }
}

pub(super) fn names(stage: &Stage, people: &[u64]) -> String {
    let known = stage
        .city
        .people()
        .iter()
        .filter(|person| people.contains(&person.id));
    known
        .map(|person| person.name.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

/// After the last statement.
pub(super) fn closing(summary: &Summary, took: Duration, out: &mut dyn Write) -> Result<()> {
    let Summary {
        recorded,
        refused,
        followed,
        leaked,
    } = summary;
    write!(out, "{}", heading("まとめ"))?;
    let outcome = match leaked {
        0 => "届いてはいけない人に届いたものはありません。".to_owned(),
        count => format!("届いてはいけない人に届いたものが {count} 件あります。"),
    };
    writeln!(
        out,
        "  記録 {recorded} 件、お断り {refused} 件、続いて届いたもの {followed} 件（{:.1} 秒）。\n  {outcome}",
        took.as_secs_f64()
    )
}
