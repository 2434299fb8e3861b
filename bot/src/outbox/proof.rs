//! The proof before sending, as the worker asks for it: where something may be sent, or the gravest
//! reason why not. What is proven, and how, stands in [`domain::proof`].

use domain::{
    audience::Destination,
    office::Office,
    proof::{self, Hindrance, Proven},
    server::{Server, drift::Drift},
};

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
