//! What a check looks at in one server: the channels that are bound, and whether their audiences are
//! what they should be.

use super::Report;
use crate::{
    config::OfficeTable,
    discord::{Outcome, Port},
    snapshot,
};
use commands::{
    card::place_word,
    hindrance::{self, Naming, Reader},
};
use domain::{
    audience::Destination,
    id::{ServerId, UserId},
    office::{Office, Use},
    proof::{Hindrance, destinations, prove},
    server::{Server, drift::Drift},
    setting::Language,
};
use std::{collections::BTreeSet, fmt::Display};

/// Every channel an office has bound.
pub(super) async fn office(port: &Port, bot: UserId, office: &Office, report: &mut Report) {
    let Some(server) = read(port, bot, office.server, report).await else {
        return;
    };
    for destination in destinations(office) {
        let place = |language| place_word(office, destination).say(language);
        let (ja, en) = (place(Language::Ja), place(Language::En));
        match prove(office, destination, &server) {
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
            Err(hindrances) if hindrances == [Hindrance::Drift(Drift::Unbound)] => {
                unbound(office, destination, &ja, &en, report);
            }
            Err(hindrances) => hindered(&hindrances, &server, (&ja, &en), report),
        }
    }
}

/// What hinders sending to a place, in both languages.
fn hindered(
    hindrances: &[Hindrance],
    server: &Server,
    (ja, en): (&str, &str),
    report: &mut Report,
) {
    let told = |language| {
        let naming = Naming::Number;
        hindrance::told(hindrances, server, Reader { language, naming })
    };
    for (japanese, english) in told(Language::Ja).into_iter().zip(told(Language::En)) {
        report.bad(
            &format!("サーバー {}「{ja}」: {}", server.id, japanese.what),
            &format!("server {}, {en}: {}", server.id, english.what),
            &japanese.mend,
            &english.mend,
        );
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

async fn read(port: &Port, bot: UserId, server: ServerId, report: &mut Report) -> Option<Server> {
    match snapshot::read(port, server, bot).await {
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

fn listed<T: Display>(ids: &BTreeSet<T>) -> String {
    ids.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
