//! The forms that stand open on somebody's screen, so that a page sends back no more than values.

use std::collections::BTreeMap;

use fake_discord::ModalView;

/// Forms kept for one person; the oldest goes first.
const PER_PERSON_MAX: usize = 20;

/// Open forms by person and by the interaction that opened them.
#[derive(Default)]
pub(super) struct OpenModals(BTreeMap<(u64, u64), ModalView>);

impl OpenModals {
    /// Keeps a form that was opened for a person.
    pub(super) fn open(&mut self, person: u64, modal: ModalView) {
        self.0.insert((person, modal.interaction), modal);
        let own: Vec<(u64, u64)> = self
            .0
            .range((person, 0)..=(person, u64::MAX))
            .map(|(key, _)| *key)
            .collect();
        // Ids of interactions grow, so that the first is the oldest.
        for key in &own[..own.len().saturating_sub(PER_PERSON_MAX)] {
            self.0.remove(key);
        }
    }

    /// A person's open form.
    pub(super) fn find(&self, person: u64, interaction: u64) -> Option<ModalView> {
        self.0.get(&(person, interaction)).cloned()
    }

    /// The form was sent.
    pub(super) fn close(&mut self, person: u64, interaction: u64) {
        self.0.remove(&(person, interaction));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modal(interaction: u64) -> ModalView {
        ModalView {
            interaction,
            channel: 1,
            message: None,
            title: "題".into(),
            custom_id: "form".into(),
            fields: Vec::new(),
            components: Vec::new(),
        }
    }

    #[test]
    fn a_form_is_its_persons_and_is_closed_once() {
        let mut open = OpenModals::default();
        open.open(7, modal(100));
        assert!(open.find(8, 100).is_none());
        assert!(open.find(7, 100).is_some());
        open.close(7, 100);
        assert!(open.find(7, 100).is_none());
    }

    #[test]
    fn the_oldest_form_of_a_person_makes_room() {
        let mut open = OpenModals::default();
        open.open(8, modal(1));
        for interaction in 1..=PER_PERSON_MAX as u64 + 1 {
            open.open(7, modal(interaction));
        }
        assert!(open.find(7, 1).is_none());
        assert!(open.find(7, 2).is_some());
        assert!(open.find(8, 1).is_some());
    }
}
