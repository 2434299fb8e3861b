//! What a check looks at in one server: the channels that are bound, and whether their audiences are
//! what they should be.

use super::Report;
use crate::{
    config::OfficeTable,
    discord::{Outcome, Port},
    outbox::{Hindrance, destinations, prove},
    snapshot::Snapshot,
};
use commands::card::place_word;
use domain::{
    audience::{Destination, Drift},
    id::{ServerId, UserId},
    office::{Office, Use},
    setting::Language,
};
use std::{collections::BTreeSet, fmt::Display};

/// Every channel an office has bound.
pub(super) async fn office(port: &Port, bot: UserId, office: &Office, report: &mut Report) {
    let Some(snapshot) = read(port, bot, office.server, report).await else {
        return;
    };
    for destination in destinations(office) {
        let place = |language| place_word(office, destination).say(language);
        let (ja, en) = (place(Language::Ja), place(Language::En));
        match prove(office, destination, &snapshot) {
            Ok(_) => report.well(
                &format!(
                    "サーバー {}「{ja}」: 見られる人は正しい範囲です。",
                    office.server
                ),
                &format!(
                    "server {}, {en}: its audience is as declared",
                    office.server
                ),
            ),
            Err(Hindrance::Drift(Drift::Unbound)) => unbound(office, destination, &ja, &en, report),
            Err(hindrance) => {
                let (what_ja, what_en, mend_ja, mend_en) = words(&hindrance);
                report.bad(
                    &format!("サーバー {}「{ja}」: {what_ja}", office.server),
                    &format!("server {}, {en}: {what_en}", office.server),
                    &mend_ja,
                    &mend_en,
                );
            }
        }
    }
}

/// The desk has to be there; everything else may be left unbound.
fn unbound(office: &Office, destination: Destination, ja: &str, en: &str, report: &mut Report) {
    let server = office.server;
    if destination == Destination::from(Use::Desk) {
        report.bad(
            &format!("サーバー {server}「{ja}」: チャンネルが決まっていません。"),
            &format!("server {server}, {en}: no channel is bound"),
            "/office channel で相談窓口のチャンネルを決めてください。",
            "bind the desk's channel by /office channel",
        );
    } else {
        report.note(
            &format!("サーバー {server}「{ja}」: チャンネルは決まっていません。"),
            &format!("server {server}, {en}: no channel is bound"),
        );
    }
}

/// Whether what a table of the configuration names exists in its server.
pub(super) async fn table(port: &Port, bot: UserId, table: &OfficeTable, report: &mut Report) {
    let server = table.server;
    let Some(snapshot) = read(port, bot, server, report).await else {
        return;
    };
    let associations = table.associations.iter();
    let channels = table
        .channels
        .values()
        .copied()
        .chain(table.circles.iter().map(|circle| circle.channel))
        .chain(
            associations
                .clone()
                .flat_map(|a| [a.channel, a.feedback])
                .flatten(),
        );
    let roles = table.roles.values().copied().chain(
        associations
            .flat_map(|a| [a.officers, a.contacts, a.members])
            .flatten(),
    );
    let unknown_channels: BTreeSet<_> = channels
        .filter(|id| !snapshot.channels.contains_key(id))
        .collect();
    let unknown_roles: BTreeSet<_> = roles
        .filter(|id| !snapshot.roles.contains_key(id))
        .collect();
    if unknown_channels.is_empty() && unknown_roles.is_empty() {
        report.well(
            &format!("サーバー {server} の [[office]]: チャンネルとロールがそろっています。"),
            &format!("[[office]] of server {server}: its channels and roles exist"),
        );
    }
    if !unknown_channels.is_empty() {
        let ids = listed(&unknown_channels);
        report.bad(
            &format!("サーバー {server} の [[office]]: チャンネル {ids} が見つかりません。"),
            &format!("[[office]] of server {server}: there is no channel {ids}"),
            "チャンネルの ID を確かめてください。",
            "look at the ids of the channels",
        );
    }
    if !unknown_roles.is_empty() {
        let ids = listed(&unknown_roles);
        report.bad(
            &format!("サーバー {server} の [[office]]: ロール {ids} が見つかりません。"),
            &format!("[[office]] of server {server}: there is no role {ids}"),
            "ロールの ID を確かめてください。",
            "look at the ids of the roles",
        );
    }
}

async fn read(port: &Port, bot: UserId, server: ServerId, report: &mut Report) -> Option<Snapshot> {
    match Snapshot::read(port, server, bot).await {
        Outcome::Done(snapshot) => Some(snapshot),
        Outcome::Again(_) => {
            report.bad(
                &format!("サーバー {server} の情報を読めません。"),
                &format!("server {server} cannot be read"),
                "しばらく待ってから、もう一度お試しください。",
                "try again after a while",
            );
            None
        }
        _ => {
            report.bad(
                &format!("ボットがサーバー {server} にいません。"),
                &format!("the bot is not in server {server}"),
                "サーバーに招待するか、guild_id を確かめてください。",
                "invite it, or look at guild_id",
            );
            None
        }
    }
}

/// What is wrong and how to mend it, in both languages.
fn words(hindrance: &Hindrance) -> (String, String, String, String) {
    let own = |ja: &str, en: &str, mend_ja: &str, mend_en: &str| {
        (
            ja.to_owned(),
            en.to_owned(),
            mend_ja.to_owned(),
            mend_en.to_owned(),
        )
    };
    match hindrance {
        Hindrance::Drift(Drift::Unbound) => own(
            "チャンネルが決まっていません。",
            "no channel is bound",
            "/office channel で決めてください。",
            "bind one by /office channel",
        ),
        Hindrance::Drift(Drift::UnknownChannel) => own(
            "チャンネルが見つかりません。",
            "the channel does not exist",
            "/office channel で決め直してください。",
            "bind another one by /office channel",
        ),
        Hindrance::Drift(Drift::Everyone) => own(
            "サーバーの全員が見られます。",
            "everybody in the server can see it",
            "チャンネルの権限で @everyone の「チャンネルを見る」を拒否してください。",
            "deny View Channel to @everyone in the channel",
        ),
        Hindrance::Drift(Drift::Roles(roles)) => (
            format!("対象外のロールが見られます: {}。", listed(roles)),
            format!("roles outside its audience can see it: {}", listed(roles)),
            "そのロールの「チャンネルを見る」を拒否するか、/office role や /office association で対象に加えてください。".into(),
            "deny them View Channel, or add them to the audience by /office".into(),
        ),
        Hindrance::Drift(Drift::Members(members)) => (
            format!("個人に許可が与えられています: {}。", listed(members)),
            format!("members are allowed by name: {}", listed(members)),
            "個人の権限を消し、ロールで許可してください。".into(),
            "remove those overwrites and allow a role instead".into(),
        ),
        Hindrance::Drift(Drift::SelfAssigned(roles)) => (
            format!("参加者が自分で選べるロールが含まれています: {}。", listed(roles)),
            format!("roles that people can give themselves: {}", listed(roles)),
            "オンボーディングの質問からそのロールを外してください。".into(),
            "take those roles out of the onboarding questions".into(),
        ),
        Hindrance::Kind => own(
            "投稿できる種類のチャンネルではありません。",
            "not a channel for messages or posts",
            "テキストチャンネルかフォーラムを指定してください。",
            "bind a text channel or a forum",
        ),
        Hindrance::Permission(code) => {
            let (ja, en) = permission_name(code);
            (
                format!("ボットに「{ja}」の権限がありません。"),
                format!("the bot lacks {en}"),
                "チャンネルの権限でボットのロールに許可してください。".into(),
                "allow it to the bot's role in the channel".into(),
            )
        }
    }
}

/// A permission as Discord's own client names it.
fn permission_name(code: &str) -> (&'static str, &'static str) {
    match code {
        "permission-view-channel" => ("チャンネルを見る", "View Channel"),
        "permission-send-messages" => ("メッセージを送信", "Send Messages"),
        "permission-embed-links" => ("埋め込みリンク", "Embed Links"),
        _ => ("メッセージ履歴を読む", "Read Message History"),
    }
}

fn listed<T: Display>(ids: &BTreeSet<T>) -> String {
    ids.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
