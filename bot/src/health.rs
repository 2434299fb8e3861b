//! Health over HTTP: `/live`, `/ready`, `/metrics`. For the machine the bot runs on; it says nothing of
//! any office or person.

use crate::{
    error::{Error, Result},
    gateway::Gateway,
    outbox::Desks,
    reception::Expected,
    registration::Registration,
};
use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use commands::App;
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Longest wait for the database to answer.
const PING_WITHIN: Duration = Duration::from_secs(2);

/// What health is judged by.
#[derive(Clone)]
pub(crate) struct Health {
    pub(crate) app: App,
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) expected: Arc<Expected>,
    pub(crate) registration: Arc<Registration>,
    pub(crate) desks: Arc<Desks>,
    pub(crate) recorder: PrometheusHandle,
    pub(crate) stop: CancellationToken,
}

/// The answer of `/ready`.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    /// Why not.
    reasons: Vec<Reason>,
    /// What should be looked at, though the bot works.
    notes: Vec<Reason>,
}

/// One reason: a code for machines, a sentence for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Reason {
    code: &'static str,
    ja: &'static str,
    en: &'static str,
}

const STOPPING: Reason = Reason {
    code: "stopping",
    ja: "終了の途中です。",
    en: "the program is stopping",
};
const GATEWAY: Reason = Reason {
    code: "gateway",
    ja: "Discord との接続がありません。",
    en: "there is no live session with Discord",
};
const SERVERS: Reason = Reason {
    code: "servers",
    ja: "サーバーの情報を読み込んでいます。",
    en: "servers are still being read",
};
const COMMANDS: Reason = Reason {
    code: "commands",
    ja: "コマンドを Discord に登録できていません。",
    en: "the commands are not registered yet",
};
const DATABASE: Reason = Reason {
    code: "database",
    ja: "データベースが応答しません。",
    en: "the database does not answer",
};
const SCHEMA: Reason = Reason {
    code: "schema",
    ja: "データベースの形式がこのプログラムに合いません。",
    en: "the schema does not fit this program",
};
const DESK: Reason = Reason {
    code: "desk",
    ja: "相談窓口のチャンネルが使えない拠点があります。/office check で確かめてください。",
    en: "an office has no usable desk; see /office check",
};

impl Health {
    /// Whether everything is there that the bot needs from Discord.
    pub(crate) fn is_ready(&self) -> bool {
        self.reasons_of_discord().is_empty()
    }

    fn reasons_of_discord(&self) -> Vec<Reason> {
        [
            (self.stop.is_cancelled(), STOPPING),
            (!self.gateway.is_live(), GATEWAY),
            (!self.expected.are_met(), SERVERS),
            (!self.registration.is_done(), COMMANDS),
        ]
        .into_iter()
        .filter_map(|(holds, reason)| holds.then_some(reason))
        .collect()
    }

    async fn readiness(&self) -> Readiness {
        let mut reasons = self.reasons_of_discord();
        match tokio::time::timeout(PING_WITHIN, self.app.store.ping()).await {
            Ok(Ok(())) => {
                if self.app.store.check_schema().await.is_err() {
                    reasons.push(SCHEMA);
                }
            }
            Ok(Err(_)) | Err(_) => reasons.push(DATABASE),
        }
        let notes = if self.desks.unusable() > 0 {
            vec![DESK]
        } else {
            Vec::new()
        };
        Readiness {
            ready: reasons.is_empty(),
            reasons,
            notes,
        }
    }

    fn measure(&self) {
        metrics::gauge!("renkei_gateway_live").set(f64::from(u8::from(self.gateway.is_live())));
        let in_hand = u32::try_from(self.app.work.in_hand()).unwrap_or(u32::MAX);
        metrics::gauge!("renkei_interactions_in_hand").set(f64::from(in_hand));
        if let Some(kilobytes) = resident_kilobytes() {
            metrics::gauge!("renkei_resident_bytes").set(f64::from(kilobytes) * 1024.0);
        }
    }
}

/// Begins to listen.
///
/// # Errors
/// [`Error::Listen`].
pub(crate) async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let refused = |error: std::io::Error| Error::Listen(at, error.to_string());
    let listener = TcpListener::bind(at).await.map_err(refused)?;
    let bound = listener.local_addr().map_err(refused)?;
    Ok((listener, bound))
}

/// Answers until told to stop.
pub(crate) async fn serve(listener: TcpListener, health: Health, stop: CancellationToken) {
    let router = Router::new()
        .route("/live", get(async || "ok\n"))
        .route("/ready", get(ready))
        .route("/metrics", get(figures))
        .with_state(health);
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "health is not told any more");
    }
}

async fn ready(State(health): State<Health>) -> Response {
    let readiness = health.readiness().await;
    let status = if readiness.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(readiness)).into_response()
}

async fn figures(State(health): State<Health>) -> Response {
    health.measure();
    let kind = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    (kind, health.recorder.render()).into_response()
}

/// Resident memory of this process, where the system says it in `/proc`.
fn resident_kilobytes() -> Option<u32> {
    resident_in(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn resident_in(status: &str) -> Option<u32> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_memory_is_read_from_the_systems_words() {
        assert_eq!(
            resident_in("Name:\trenkei\nVmRSS:\t   15360 kB\nThreads:\t3\n"),
            Some(15_360)
        );
        assert_eq!(resident_in("Name:\trenkei\n"), None);
    }
}
