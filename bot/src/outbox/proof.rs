//! The proof before sending, as the worker asks for it: where something may be sent, or the gravest
//! reason why not. What is proven, and how, stands in [`domain::proof`].

use super::{
    cause,
    delivery::Delivery,
    release,
    settled::{Settled, Step, fault, later, unseen},
};
use crate::{discord::Act, snapshot::Unknown};
use domain::{
    audience::Destination,
    office::Office,
    proof::{self, Hindrance, Proven},
    server::{Kind, Server, drift::Drift},
    stoppage::Stopped,
};
use std::sync::Arc;
use storage::outbox::Claimed;

/// Proves that a destination's channel is seen by its declared audience only, and that the bot may
/// send there.
///
/// # Errors
/// The gravest reason why nothing may be sent.
pub(crate) fn prove(
    office: &Office,
    destination: Destination,
    server: &Server,
) -> Result<Proven, Hindrance> {
    proof::prove(office, destination, server).map_err(|hindrances| {
        let gravest = hindrances.into_iter().next();
        gravest.unwrap_or(Hindrance::Drift(Drift::UnknownChannel))
    })
}

impl Delivery {
    /// The proof for something new, after any limit of its channel.
    pub(super) async fn prove_after_limit(
        &self,
        office: &Office,
        row: &Claimed,
    ) -> Step<(Arc<Server>, Proven)> {
        // A destination without a channel is for the proof to refuse.
        if let Some(channel) = row.destination.channel(office) {
            let snapshot = self.look(row).await?;
            let known = snapshot.channels.get(&channel);
            let act = match known.map_or(Kind::Other, |known| known.kind) {
                Kind::Forum => Act::Post,
                Kind::Text | Kind::Thread | Kind::Other => Act::Send,
            };
            self.wait_for_limit(row, act, channel).await?;
        }
        self.prove(office, row).await
    }

    /// The server as it is now.
    pub(super) async fn look(&self, row: &Claimed) -> Step<Arc<Server>> {
        self.shelf
            .fresh(row.server)
            .await
            .map_err(|unknown| match unknown {
                Unknown::Absent => unseen("the server cannot be seen"),
                Unknown::Unread => later(row, "the server could not be read"),
            })
    }

    /// The proof, immediately before something is sent: from the server as it is now, with a live
    /// session.
    pub(super) async fn prove(
        &self,
        office: &Office,
        row: &Claimed,
    ) -> Step<(Arc<Server>, Proven)> {
        let snapshot = self.look(row).await?;
        let proven = prove(office, row.destination, &snapshot)
            .map_err(|hindrance| Settled::Refused(cause::of_channel(&hindrance)))?;
        if !self.gateway.is_live() {
            return Err(unseen("no live session"));
        }
        Ok((snapshot, proven))
    }

    /// The proof, where others could read what stands until just now: that is over then, and noted before
    /// anything is sent. What comes during a stoppage counts as sent to those others, and is taken back.
    pub(super) async fn prove_over(&self, office: &Office, row: &Claimed) -> Step<()> {
        self.prove(office, row).await?;
        let open = |stopped: &Stopped| stopped.destination == row.destination && stopped.widens;
        if !office.stopped.iter().any(open) {
            return Ok(());
        }
        match release::hold_again(&self.app, office, row.destination).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(later(row, "the office was set up differently meanwhile")),
            Err(error) => Err(fault(row, &error)),
        }
    }
}
