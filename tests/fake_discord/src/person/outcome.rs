//! What becomes of an interaction, from the person's chair.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;

use super::modal::modal_view;
use super::view::{MessageView, ModalView, message_view};
use crate::fake::Fake;
use crate::interaction::{FirstAnswer, Interaction};
use crate::message::Message;
use crate::state::State;

/// A choice offered while the person types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Words shown.
    pub name: String,
    /// What is sent when it is taken.
    pub value: Value,
}

/// What the person got.
#[derive(Clone, Debug, Serialize)]
pub enum Outcome {
    /// A message, final: a deferral has been filled.
    Message(Box<MessageView>),
    /// A modal opened.
    Modal(Box<ModalView>),
    /// The message whose component was used has changed.
    Updated(Box<MessageView>),
    /// The interaction was acknowledged and nothing else happened for a while.
    Acknowledged,
    /// The answer was taken away again.
    Removed,
    /// Choices for the option being typed.
    Choices(Vec<Choice>),
    /// The application did not answer in time.
    Failed {
        /// What the client shows.
        reason: String,
    },
    /// The client or the server did not let the person do this; the bot heard nothing.
    Refused {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// The message, new or changed.
    pub fn message(&self) -> Option<&MessageView> {
        match self {
            Self::Message(message) | Self::Updated(message) => Some(message),
            _ => None,
        }
    }

    /// The modal.
    pub fn modal(&self) -> Option<&ModalView> {
        if let Self::Modal(modal) = self {
            Some(modal)
        } else {
            None
        }
    }

    /// The choices.
    pub fn choices(&self) -> Option<&[Choice]> {
        if let Self::Choices(choices) = self {
            Some(choices)
        } else {
            None
        }
    }

    /// Every string the person can read in it.
    pub fn text(&self) -> String {
        match self {
            Self::Message(message) | Self::Updated(message) => message.text(),
            Self::Modal(modal) => {
                let mut words = vec![modal.title.clone()];
                modal
                    .components
                    .iter()
                    .for_each(|it| crate::oracle::strings_of(it, &mut words));
                words.join("\n")
            }
            Self::Choices(choices) => choices
                .iter()
                .map(|choice| choice.name.as_str())
                .collect::<Vec<_>>()
                .join("\n"),
            Self::Failed { reason } | Self::Refused { reason } => reason.clone(),
            Self::Acknowledged | Self::Removed => String::new(),
        }
    }

    /// The message; for tests that cannot go on without it.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn expect_message(self) -> MessageView {
        match self {
            Self::Message(message) | Self::Updated(message) => *message,
            other => panic!("expected a message, got {other:?}"),
        }
    }

    /// The modal; for tests that cannot go on without it.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn expect_modal(self) -> ModalView {
        match self {
            Self::Modal(modal) => *modal,
            other => panic!("expected a modal, got {other:?}"),
        }
    }
}

/// Where an interaction stands.
enum Standing {
    Done(Outcome),
    /// Nothing final; look again after a change, or at this time.
    Waiting(Instant),
}

/// Waits until the answer is final, or patience ends.
pub(crate) async fn wait(fake: &Fake, id: u64) -> Outcome {
    let mut changed = fake.changed();
    loop {
        changed.borrow_and_update();
        match fake.inner.look(|state| standing(state, id)) {
            Standing::Done(outcome) => return outcome,
            Standing::Waiting(until) => {
                // Either something changed or the time has come: both mean looking again.
                let _either = tokio::time::timeout_at(until.into(), changed.changed()).await;
            }
        }
    }
}

fn failed(reason: &str) -> Standing {
    Standing::Done(Outcome::Failed {
        reason: reason.to_owned(),
    })
}

fn standing(state: &State, id: u64) -> Standing {
    let Some(interaction) = state.interactions.get(&id) else {
        return failed("there is no such interaction");
    };
    let original = interaction.original.and_then(|id| state.messages.get(&id));
    let view = |message: &Message| Box::new(message_view(state, message));
    match &interaction.answer {
        None => wait_for(
            interaction.dispatched_at,
            state.switches.interaction_deadline,
            Outcome::Failed {
                reason: "アプリケーションが応答しませんでした".to_owned(),
            },
        ),
        Some(FirstAnswer::Modal(data)) => {
            Standing::Done(Outcome::Modal(Box::new(modal_view(interaction, data))))
        }
        Some(FirstAnswer::Choices(choices)) => {
            let choice = |choice: &Value| Choice {
                name: choice["name"].as_str().unwrap_or_default().to_owned(),
                value: choice["value"].clone(),
            };
            Standing::Done(Outcome::Choices(choices.iter().map(choice).collect()))
        }
        Some(FirstAnswer::Message) => Standing::Done(match original {
            Some(message) if !message.deleted => Outcome::Message(view(message)),
            _ => Outcome::Removed,
        }),
        Some(FirstAnswer::Update) => Standing::Done(match original {
            Some(message) if !message.deleted => Outcome::Updated(view(message)),
            _ => Outcome::Removed,
        }),
        Some(FirstAnswer::Deferred) => match original {
            Some(message) if message.deleted => Standing::Done(after_removal(state, interaction)),
            Some(message) if !message.loading => Standing::Done(Outcome::Message(view(message))),
            _ => wait_for(
                interaction.dispatched_at,
                state.switches.patience_deferred,
                Outcome::Failed {
                    reason: "考え中のまま終わりませんでした".to_owned(),
                },
            ),
        },
        Some(FirstAnswer::DeferredUpdate) if interaction.touched > 0 => {
            Standing::Done(match (last_followup(state, interaction), original) {
                (Some(followup), _) => Outcome::Message(view(followup)),
                (None, Some(message)) if !message.deleted => Outcome::Updated(view(message)),
                (None, _) => Outcome::Removed,
            })
        }
        Some(FirstAnswer::DeferredUpdate) => wait_for(
            interaction.dispatched_at,
            state.switches.patience_update,
            Outcome::Acknowledged,
        ),
    }
}

fn wait_for(since: Instant, span: Duration, then: Outcome) -> Standing {
    let until = since + span;
    if Instant::now() >= until {
        Standing::Done(then)
    } else {
        Standing::Waiting(until)
    }
}

fn last_followup<'a>(state: &'a State, interaction: &Interaction) -> Option<&'a Message> {
    let newest = interaction
        .followups
        .iter()
        .rev()
        .filter_map(|id| state.messages.get(id));
    newest.into_iter().find(|message| !message.deleted)
}

fn after_removal(state: &State, interaction: &Interaction) -> Outcome {
    match last_followup(state, interaction) {
        Some(message) => Outcome::Message(Box::new(message_view(state, message))),
        None => Outcome::Removed,
    }
}
