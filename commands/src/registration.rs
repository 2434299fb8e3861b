//! Registration: the commands as Discord is told them, names and descriptions from the catalogue.
//!
//! The code writes English names only; everything people read is looked up by the command's path:
//! `command-issue-add`, `command-issue-add-description`, `command-issue-add-text-description` …

use crate::{App, all, dispatch, error::Error, text::Text};
use domain::setting::Language;
use poise::Command;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

/// poise's options with every command, localised.
#[must_use]
pub fn framework_options(localise_names: bool) -> poise::FrameworkOptions<App, Error> {
    let mut commands = localised(localise_names);
    poise::set_qualified_names(&mut commands);
    poise::FrameworkOptions {
        commands,
        on_error: |error| Box::pin(dispatch::on_framework_error(error)),
        // Otherwise poise asks Discord for the owners of the application at start.
        initialize_owners: false,
        allowed_mentions: Some(serenity::all::CreateAllowedMentions::new()),
        ..poise::FrameworkOptions::default()
    }
}

/// Every command with its names and descriptions. With `localise_names` off, Japanese clients see the
/// English names too (a client defect hides subcommands with localised names); descriptions are
/// always localised.
#[must_use]
pub fn localised(localise_names: bool) -> Vec<Command<App, Error>> {
    let mut commands = all();
    for command in &mut commands {
        let path = command.name.replace(' ', "-");
        localise(command, &path.to_lowercase(), localise_names);
    }
    commands
}

fn localise(command: &mut Command<App, Error>, path: &str, names: bool) {
    let key = format!("command-{path}");
    command.guild_only = true;
    command.install_context = Some(vec![InstallationContext::Guild]);
    command.interaction_context = Some(vec![InteractionContext::Guild]);
    if command.context_menu_action.is_some() {
        // A menu entry has a name only; it may hold spaces. It has no subcommands that could be hidden.
        command.name_localizations = localised_name(&key, true);
        command.context_menu_name = Some(word(&key, Language::En).into());
        return;
    }
    command.name_localizations = localised_name(&key, names);
    let (description, japanese) = described(&key);
    command.description = Some(description.into());
    command.description_localizations = vec![("ja".into(), japanese.into())].into();
    for parameter in &mut command.parameters {
        let key = format!("{key}-{}", parameter.name.replace('_', "-"));
        let (description, japanese) = described(&key);
        parameter.description = Some(description.into());
        parameter.description_localizations = vec![("ja".into(), japanese.into())].into();
        parameter.name_localizations = localised_name(&key, names);
    }
    for subcommand in &mut command.subcommands {
        localise(subcommand, &format!("{path}-{}", subcommand.name), names);
    }
}

type Localised = std::borrow::Cow<
    'static,
    [(
        std::borrow::Cow<'static, str>,
        std::borrow::Cow<'static, str>,
    )],
>;

fn localised_name(key: &str, names: bool) -> Localised {
    if !names {
        return std::borrow::Cow::Borrowed(&[]);
    }
    vec![("ja".into(), word(key, Language::Ja).into())].into()
}

fn word(key: &str, language: Language) -> String {
    Text::new(key).say(language)
}

fn described(key: &str) -> (String, String) {
    let key = format!("{key}-description");
    (word(&key, Language::En), word(&key, Language::Ja))
}

/// What is registered with Discord.
#[must_use]
pub fn payload(localise_names: bool) -> Vec<CreateCommand> {
    localised(localise_names).iter().filter_map(built).collect()
}

/// One command as Discord takes it; poise leaves the localised names of menu entries out.
fn built(command: &Command<App, Error>) -> Option<CreateCommand> {
    command.create_as_slash_command().or_else(|| {
        let menu = command.create_as_context_menu_command()?;
        Some(
            command
                .name_localizations
                .iter()
                .fold(menu, |menu, (locale, name)| {
                    menu.name_localized(locale.as_ref(), name.as_ref())
                }),
        )
    })
}
