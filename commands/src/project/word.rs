//! How projects and tasks are named wherever people read of them. Words of people are shown literally.

use crate::{
    card, text,
    text::{Text, grouped},
};
use domain::{
    id::AssociationId,
    office::Office,
    project::{Budget, Holder, Project, Role, Task},
    setting::Language,
    text::{escape_markdown, one_line},
};

/// 支援事業 3 薬科・リハ合同研修会, escaped.
pub(crate) fn name(project: &Project, language: Language) -> String {
    let title = escape_markdown(&project.title);
    text!("project-name", number = project.id.0, title = title).say(language)
}

/// The state in words.
pub(crate) fn state(project: &Project) -> Text {
    Text::new(format!("word-project-state-{}", project.state.code()))
}

/// 2/5, or that there are no tasks yet.
pub(crate) fn progress(project: &Project) -> Text {
    match project.progress() {
        (_, 0) => Text::new("project-no-tasks"),
        (done, all) => text!("project-progress", done = done, all = all),
    }
}

/// The day of the event, or that there is none yet.
pub(crate) fn day(project: &Project, language: Language) -> String {
    match project.date {
        Some(date) => card::date(date, language),
        None => Text::new("project-undated").say(language),
    }
}

/// The associations that hold it, escaped, or that it is the whole region's.
pub(crate) fn associations(office: &Office, project: &Project, language: Language) -> String {
    if project.associations.is_empty() {
        return Text::new("project-whole-region").say(language);
    }
    names(office, &project.associations, language)
}

/// Associations by name, escaped.
pub(crate) fn names(office: &Office, ids: &[AssociationId], language: Language) -> String {
    let names: Vec<String> = ids
        .iter()
        .filter_map(|id| office.association(*id))
        .map(|association| escape_markdown(&association.name))
        .collect();
    names.join(&Text::new("list-separator").say(language))
}

/// The role alone, which holds no words of people.
pub(crate) fn role(role: Role) -> Text {
    Text::new(format!("word-task-role-{}", role.code()))
}

/// 周知（会員へ）, or the words of its own; as they are.
pub(crate) fn plain_task(task: &Task, language: Language) -> String {
    match (task.role, task.wording.as_deref()) {
        (Role::Other, Some(wording)) => wording.to_owned(),
        (role_of, Some(wording)) => {
            text!("task-name", role = role(role_of), wording = wording).say(language)
        }
        (role_of, None) => role(role_of).say(language),
    }
}

/// The same, escaped for a message.
pub(crate) fn task(task: &Task, language: Language) -> String {
    escape_markdown(&plain_task(task, language))
}

/// The same, short enough for a button or a choice, unescaped.
pub(crate) fn short_task(task: &Task, language: Language, units_max: usize) -> String {
    one_line(&plain_task(task, language), units_max)
}

/// Who has a task, escaped; nothing where the office has it.
pub(crate) fn holder(office: &Office, task: &Task) -> Option<String> {
    match &task.holder {
        Holder::Desk => None,
        Holder::Association(id) => office
            .association(*id)
            .map(|association| escape_markdown(&association.name)),
        Holder::Person(user) => Some(format!("<@{user}>")),
        Holder::Named(name) => Some(escape_markdown(name)),
    }
}

/// One line of a task: whether it is done, what, who, by when.
pub(crate) fn line(office: &Office, task: &Task, language: Language) -> String {
    let mark = if task.done.is_some() {
        Text::new("task-mark-done")
    } else {
        Text::new("task-mark-open")
    };
    let who = holder(office, task).unwrap_or_else(|| Text::new("task-who-desk").say(language));
    let what = self::task(task, language);
    let line = match (task.done, task.due) {
        (Some(done), _) => text!(
            "task-line-done",
            mark = mark,
            task = what,
            who = who,
            date = card::date(done.on, language),
        ),
        (None, Some(due)) => text!(
            "task-line-due",
            mark = mark,
            task = what,
            who = who,
            date = card::date(due, language),
        ),
        (None, None) => text!("task-line", mark = mark, task = what, who = who),
    };
    line.say(language)
}

/// An amount and where it comes from, escaped.
pub(crate) fn budget(budget: &Budget, language: Language) -> String {
    let amount = yen(budget.yen, language);
    match &budget.source {
        Some(source) => text!(
            "project-budget",
            amount = amount,
            source = escape_markdown(source)
        )
        .say(language),
        None => amount,
    }
}

/// 150,000円
pub(crate) fn yen(yen: i64, language: Language) -> String {
    text!("project-yen", amount = grouped(yen)).say(language)
}

#[cfg(test)]
mod tests {
    use super::yen;
    use domain::setting::Language;

    #[test]
    fn an_amount_is_grouped_by_thousands() {
        for (amount, expected) in [
            (0, "0円"),
            (999, "999円"),
            (1_000, "1,000円"),
            (150_000, "150,000円"),
            (9_999_999_999, "9,999,999,999円"),
        ] {
            assert_eq!(yen(amount, Language::Ja), expected);
        }
    }
}
