//! The check: what `renkei check` looks at, in the order in which things go wrong.
//!
//! It changes nothing: no database is made, no office set up, nothing sent. Names of associations and
//! ids of roles appear; wording and names of people never do.

mod report;
mod server;

pub use report::{Finding, Mark, Report};

use crate::{
    address,
    config::Config,
    discord::{Outcome, Port},
    error::Error,
    gateway, run,
};
use domain::{id::UserId, office::Office};
use secrecy::ExposeSecret;
use std::path::Path;
use storage::Store;

/// Most offices that are looked at.
const OFFICES_MAX: usize = 200;

/// Looks at everything the bot needs.
pub async fn check(config: &Config) -> Report {
    let mut report = Report::default();
    report.well("設定を読み込みました。", "the configuration can be read");
    let discord = discord(config, &mut report).await;
    let offices = database(config, &mut report).await;
    let Some((port, bot)) = discord else {
        return report;
    };
    for office in &offices {
        server::office(&port, bot, office, &mut report).await;
    }
    for table in &config.offices {
        server::table(&port, bot, table, &mut report).await;
    }
    report
}

/// The way to Discord and the token.
async fn discord(config: &Config, report: &mut Report) -> Option<(Port, UserId)> {
    let client = match address::client(config.discord.address.as_ref()).await {
        Ok(client) => client,
        Err(error) => {
            report.failed(&error);
            return None;
        }
    };
    match gateway::find(&client, config.discord.address.as_ref()).await {
        Ok(()) => report.well("Discord に接続できます。", "Discord can be reached"),
        Err(Some(error)) => {
            report.failed(&error);
            return None;
        }
        Err(None) => {
            report.bad(
                "Discord に接続できません。",
                "Discord cannot be reached",
                "この機械から discord.com の 443 番への通信を許してください。",
                "allow this machine to reach discord.com on port 443",
            );
            return None;
        }
    }
    let port = Port::new(
        address::http(&config.discord, &client),
        client,
        config.discord.requests_per_second,
    );
    match port.whoami().await {
        Outcome::Done(Some((bot, name))) => {
            report.well(
                &format!("トークンは {name} のものです。"),
                &format!("the token is that of {name}"),
            );
            Some((port, bot))
        }
        Outcome::Done(None) => {
            report.failed(&Error::Token);
            None
        }
        other => {
            report.bad(
                &format!("トークンを確かめられません（{}）。", other.reason()),
                &format!("the token cannot be checked ({})", other.reason()),
                "しばらく待ってから、もう一度お試しください。",
                "try again after a while",
            );
            None
        }
    }
}

/// The database, and the offices in it.
async fn database(config: &Config, report: &mut Report) -> Vec<std::sync::Arc<Office>> {
    if let Some(file) = missing_file(config.storage.url.expose_secret()) {
        report.note(
            &format!("データベース {file} はまだありません。初めての起動で作ります。"),
            &format!("the database {file} does not exist yet; the first start makes it"),
        );
        return Vec::new();
    }
    let store = match run::connect(config).await {
        Ok((store, _)) => store,
        Err(error) => {
            report.failed(&error);
            return Vec::new();
        }
    };
    let offices = schema(&store, report).await;
    store.close().await;
    offices
}

async fn schema(store: &Store, report: &mut Report) -> Vec<std::sync::Arc<Office>> {
    match store.check_schema().await {
        Ok(()) => report.well("データベースを使えます。", "the database can be used"),
        Err(storage::Error::SchemaOlder) => {
            report.bad(
                "データベースの形式が古いか、まだ作られていません。",
                "the schema is older than this program needs, or not there yet",
                "renkei migrate を実行してください。",
                "run renkei migrate",
            );
            return Vec::new();
        }
        Err(error) => {
            report.failed(&error.into());
            return Vec::new();
        }
    }
    match store.check_keys().await {
        Ok(()) => report.well(
            "発言者の氏名を守る鍵がそろっています。",
            "every key that seals speakers' names is at hand",
        ),
        Err(error) => report.failed(&error.into()),
    }
    away(store, report).await;
    match offices(store).await {
        Ok(offices) => offices,
        Err(error) => {
            report.failed(&error.into());
            Vec::new()
        }
    }
}

/// Offices the bot was removed from, and when their data goes.
async fn away(store: &Store, report: &mut Report) {
    let away = match store.read(|c| Box::pin(storage::departure::away(c))).await {
        Ok(away) => away,
        Err(error) => return report.failed(&error.into()),
    };
    for (office, server, left_at) in away.into_iter().take(OFFICES_MAX) {
        let end = storage::departure::ends(left_at).format("%Y-%m-%d %H:%M UTC");
        report.bad(
            &format!(
                "拠点 {office}（サーバー {server}）からボットが外されています。{end} に、この拠点の記録をすべて削除します。"
            ),
            &format!(
                "the bot was removed from office {office} (server {server}); its data is deleted on {end}"
            ),
            "記録を残すときは、その前にボットをサーバーに戻すか、renkei export を実行してください。",
            "to keep it, bring the bot back to the server before, or run renkei export",
        );
    }
}

async fn offices(store: &Store) -> storage::Result<Vec<std::sync::Arc<Office>>> {
    let mut offices = Vec::new();
    let known = store.read(|c| Box::pin(storage::office::all(c))).await?;
    let away = store
        .read(|c| Box::pin(storage::departure::away(c)))
        .await?;
    let here = |office| !away.iter().any(|(left, ..)| *left == office);
    let known = known.into_iter().filter(|(office, _)| here(*office));
    for (_, server) in known.take(OFFICES_MAX) {
        offices.extend(store.office(server).await?);
    }
    Ok(offices)
}

/// The file of a SQLite database that does not exist yet.
fn missing_file(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (!Path::new(path).exists()).then_some(path)
}
