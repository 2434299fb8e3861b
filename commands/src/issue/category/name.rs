//! Names of categories as people write them: read against the office's list, suggested while typing.

use crate::{
    Context,
    dispatch::{SUGGESTIONS_MAX, Suggestion, suggest},
    error::Error,
    option::{NAMES_UNITS_MAX, listed},
    permission,
    request::Request,
    text,
    text::Text,
};
use domain::{
    category::{self, Category, NameFault},
    id::CategoryId,
    issue::CATEGORIES_MAX,
    setting::{Language, split_list},
    similarity::{Bigrams, Ratio, overlap},
    text::{Unclean, escape_markdown, fold, one_line},
};
use serenity::all::CreateAutocompleteResponse;
use storage::issue::Categorised;

/// A name on the list that is this much alike may be what was meant.
const ALIKE: Ratio = Ratio::from_percent(35);
/// UTF-16 units of an unknown name that a refusal quotes.
const QUOTED_UNITS_MAX: usize = 40;
/// No category has this number; what is narrowed by it is empty.
const NONE_HAS: CategoryId = CategoryId(i64::MAX);

/// Names that were written: those on the list, and those that are new.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    /// Categories of the list, those no longer offered included.
    pub(crate) known: Vec<CategoryId>,
    /// Names that are not on it, fit to keep.
    pub(crate) new: Vec<String>,
}

/// Reads a list of names, separated by 、.
///
/// # Errors
/// Refused when there is none, more than an issue may have, or one that cannot be a category's name.
pub(crate) fn read(request: &Request, written: &str) -> Result<Named, Error> {
    let mut named = Named::default();
    for part in split_list(written) {
        if let Some(category) = request.office.category_named(part) {
            if !named.known.contains(&category.id) {
                named.known.push(category.id);
            }
            continue;
        }
        let name = fit(part)?;
        let key = category::key(&name);
        if named.new.iter().all(|known| category::key(known) != key) {
            named.new.push(name);
        }
        if named.known.len() + named.new.len() > CATEGORIES_MAX {
            return Err(Error::refuse(text!(
                "refused-categories-at-once",
                limit = CATEGORIES_MAX
            )));
        }
    }
    if named.known.is_empty() && named.new.is_empty() {
        let what = Text::new("what-category");
        return Err(Error::refuse(text!("refused-empty", what = what)));
    }
    Ok(named)
}

/// A name fit to keep.
///
/// # Errors
/// Refused with what is wrong with it; the word for issues in no category is nobody's name.
pub(crate) fn fit(written: &str) -> Result<String, Error> {
    let what = || Text::new("what-category");
    let name = category::name(written).map_err(|fault| {
        Error::refuse(match fault {
            NameFault::Unclean(Unclean::TooLong { limit, actual }) => text!(
                "refused-too-long",
                what = what(),
                limit = limit,
                actual = actual
            ),
            NameFault::Unclean(Unclean::Empty) => text!("refused-empty", what = what()),
            NameFault::Sign | NameFault::Wordless => Text::new("refused-category-name"),
            NameFault::PersonalData => Text::new("refused-category-personal-data"),
        })
    })?;
    if is_unsorted(&name) {
        return Err(Error::refuse(Text::new("refused-category-reserved")));
    }
    Ok(name)
}

/// Refuses categories that are no longer offered.
///
/// # Errors
/// Refused with the first of them and how it is offered again.
pub(crate) fn refuse_retired(request: &Request, known: &[CategoryId]) -> Result<(), Error> {
    let retired = known
        .iter()
        .filter_map(|id| request.office.category(*id))
        .find(|category| category.retired);
    match retired {
        None => Ok(()),
        Some(category) => Err(Error::refuse(text!(
            if request.person.coordinator {
                "refused-category-retired-desk"
            } else {
                "refused-category-retired"
            },
            name = escape_markdown(&category.name)
        ))),
    }
}

/// What whoever adds an issue chose: names on the list; a coordinator's new names are asked about once
/// the issue is kept.
///
/// # Errors
/// As [`read`]; refused for new names of others, with what there is.
pub(crate) fn chosen(request: &Request, written: Option<&str>) -> Result<Named, Error> {
    let Some(written) = written.filter(|written| !written.trim().is_empty()) else {
        return Ok(Named::default());
    };
    let named = read(request, written)?;
    refuse_retired(request, &named.known)?;
    match named.new.first() {
        Some(name) if !request.person.coordinator => Err(unknown(request, name)),
        _ => Ok(named),
    }
}

/// The refusal of a name that is not on the list, with those that are.
pub(crate) fn unknown(request: &Request, written: &str) -> Error {
    let written = escape_markdown(&one_line(written, QUOTED_UNITS_MAX));
    let offered = || request.office.categories.iter().filter(|c| !c.retired);
    if offered().next().is_none() {
        return Error::refuse(Text::new("refused-no-category-yet"));
    }
    let names = offered().map(|category| category.name.as_str());
    Error::refuse(text!(
        "refused-unknown-category",
        written = written,
        names = listed(request, names, NAMES_UNITS_MAX),
    ))
}

/// The category on the list that a new name is most like, if it is much alike.
pub(crate) fn alike<'a>(request: &'a Request, name: &str) -> Option<&'a Category> {
    let letters = Bigrams::of(name);
    request
        .office
        .categories
        .iter()
        .map(|category| (overlap(&letters, &Bigrams::of(&category.name)), category))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by_key(|(likeness, category)| (*likeness, std::cmp::Reverse(category.id)))
        .map(|(_, category)| category)
}

/// What a list is narrowed by. Issues in no category are for the desk to sort; whoever may not choose
/// categories does not learn by a list which there are.
///
/// # Errors
/// Refused for a name that is not on the list.
pub(crate) fn narrowing(request: &Request, written: &str) -> Result<Categorised, Error> {
    if is_unsorted(written) {
        permission::coordinate(request)?;
        return Ok(Categorised::Not);
    }
    match request.office.category_named(written) {
        Some(category) => Ok(Categorised::In(category.id)),
        None if !request.person.may_add() => Ok(Categorised::In(NONE_HAS)),
        None => Err(unknown(request, &fit(written)?)),
    }
}

/// Whether this is the word for issues in no category, in whichever language.
fn is_unsorted(written: &str) -> bool {
    let key = category::key(written);
    [Language::Ja, Language::En]
        .into_iter()
        .any(|language| category::key(&unsorted(language)) == key)
}

fn unsorted(language: Language) -> String {
    Text::new("word-unsorted").say(language)
}

/// Suggests names to whoever adds an issue.
pub(crate) async fn for_adding(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        permission::add_issue(&request)?;
        Ok(completing(&request, &partial, false))
    })
    .await
}

/// Suggests names to coordinators.
pub(crate) async fn for_sorting(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        Ok(completing(&request, &partial, false))
    })
    .await
}

/// Suggests one name to coordinators, those no longer offered included.
pub(crate) async fn for_keeping(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        permission::coordinate(&request)?;
        Ok(matching(&request, &partial, true, |_| true, ""))
    })
    .await
}

/// Suggests what a list may be narrowed by.
pub(crate) async fn for_listing(ctx: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let partial = partial.to_owned();
    suggest(ctx, async move |request: Request| {
        permission::add_issue(&request)?;
        let desk = request.person.coordinator;
        let mut found = matching(&request, &partial, desk, |_| true, "");
        let unsorted = unsorted(request.language);
        if desk && fold(&unsorted).contains(&fold(partial.trim())) {
            found.insert(0, Suggestion::from(unsorted));
        }
        Ok(found)
    })
    .await
}

/// Names that go on with what is typed; what stands before the last 、 is kept, and not suggested again.
fn completing(request: &Request, partial: &str, retired: bool) -> Vec<Suggestion> {
    let cut = partial.rfind(['、', ',', '，']).map_or(0, |at| {
        at + partial[at..].chars().next().map_or(0, char::len_utf8)
    });
    let (before, last) = partial.split_at(cut);
    let named: Vec<CategoryId> = split_list(before)
        .filter_map(|name| request.office.category_named(name))
        .map(|category| category.id)
        .collect();
    let others = |category: &Category| !named.contains(&category.id);
    matching(request, last, retired, others, before)
}

fn matching(
    request: &Request,
    typed: &str,
    retired: bool,
    wanted: impl Fn(&Category) -> bool,
    before: &str,
) -> Vec<Suggestion> {
    let typed = category::key(typed);
    request
        .office
        .categories
        .iter()
        .filter(|category| retired || !category.retired)
        .filter(|category| wanted(category))
        .filter(|category| category::key(&category.name).contains(&typed))
        .take(SUGGESTIONS_MAX)
        .map(|category| Suggestion::from(format!("{before}{}", category.name)))
        .collect()
}
