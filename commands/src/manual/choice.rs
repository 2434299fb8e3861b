//! The option `form`: which of the manual's two forms.

use crate::text::Text;
use domain::{form::Which, setting::Language};
use poise::{SlashArgError, SlashArgument};
use serenity::all::{CommandInteraction, CommandOptionType, CreateCommandOption, ResolvedValue};

/// `form`: an integer, 1 or 2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormChoice(pub(crate) Which);

#[serenity::async_trait]
impl SlashArgument for FormChoice {
    async fn extract(
        _: &serenity::all::Context,
        _: &CommandInteraction,
        value: &ResolvedValue<'_>,
    ) -> Result<Self, SlashArgError> {
        match value {
            ResolvedValue::Integer(number) => Which::from_number(*number).map(Self),
            _ => None,
        }
        .ok_or_else(|| SlashArgError::new_command_structure_mismatch("not a form"))
    }

    fn create(option: CreateCommandOption) -> CreateCommandOption {
        let option = option.kind(CommandOptionType::Integer);
        Which::ALL.iter().fold(option, |option, which| {
            let text = Text::new(format!("word-form-choice-{}", which.number()));
            let number = i32::try_from(which.number()).expect("1 or 2");
            option.add_int_choice_localized(
                text.say(Language::En),
                number,
                [("ja", text.say(Language::Ja))],
            )
        })
    }
}
