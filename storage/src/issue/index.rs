//! What searches look through: one row per wording and audience, so that a search for a wider audience
//! never touches an original. A row holds the wording as [`domain::search::key`] makes it, that of the
//! note beside an original, and the pairs of letters by which the index finds it.

use crate::{
    error::Result,
    link::{Transaction, all, run},
};
use domain::{
    id::{IssueId, OfficeId},
    search::{KEY_VERSION, grams, key},
};

/// The audience of the original wording.
pub(crate) const ORIGINAL: &str = "original";

/// The word of the index that every original of an office bears, or everything that was shared of one:
/// whoever only has shares is not looked for among originals.
pub(crate) fn place_gram(office: OfficeId, is_original: bool) -> String {
    format!("{}{office}", if is_original { 'o' } else { 's' })
}

/// Puts a wording for an audience where searches find it, in place of the one before.
pub(crate) async fn put(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
    audience: &str,
    (wording, note): (&str, Option<&str>),
) -> Result<()> {
    let (folded, note) = (key(wording), note.map(key));
    let mut pairs = grams(&folded);
    pairs.extend(note.as_deref().map(grams).unwrap_or_default());
    let pairs = pairs
        .into_iter()
        .fold(place_gram(office, audience == ORIGINAL), |list, pair| {
            list + " " + &pair
        });
    run!(
        tx,
        "insert into issue_wording (office_id, issue_id, audience, folded, note, grams, made_by) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (office_id, audience, issue_id) do update set folded = excluded.folded, \
         note = excluded.note, grams = excluded.grams, made_by = excluded.made_by",
        office.0,
        issue.0,
        audience,
        folded,
        note,
        pairs,
        KEY_VERSION,
    )?;
    Ok(())
}

/// Takes every wording of an issue away from searches: nobody finds it any more.
pub(crate) async fn remove_all(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
) -> Result<()> {
    run!(
        tx,
        "delete from issue_wording where office_id = $1 and issue_id = $2",
        office.0,
        issue.0,
    )?;
    Ok(())
}

/// Takes the wording for an audience away from searches.
pub(crate) async fn remove(
    tx: &mut Transaction,
    office: OfficeId,
    issue: IssueId,
    audience: &str,
) -> Result<()> {
    run!(
        tx,
        "delete from issue_wording where office_id = $1 and issue_id = $2 and audience = $3",
        office.0,
        issue.0,
        audience,
    )?;
    Ok(())
}

/// Makes at most `limit` rows anew that another version of [`domain::search::key`] made, whatever
/// office they are of; says how many. Until that is done, searches do not find them.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn make_anew(tx: &mut Transaction, limit: i64) -> Result<u64> {
    let rows = all!(
        tx,
        (i64, i64, String, String, Option<String>),
        "select made.office_id, made.issue_id, made.audience, \
         coalesce(disclosure.wording, issue.wording), \
         case when made.audience = 'original' then issue.note end \
         from (select office_id, issue_id, audience from issue_wording where made_by < $1 \
         order by made_by limit $2) as made \
         join issue on issue.office_id = made.office_id and issue.id = made.issue_id \
         left join disclosure on disclosure.office_id = made.office_id \
         and disclosure.issue_id = made.issue_id and disclosure.audience = made.audience \
         and disclosure.state = 'approved' \
         where made.audience = 'original' or disclosure.version is not null",
        KEY_VERSION,
        limit,
    )?;
    let mut anew = 0;
    for (office, issue, audience, wording, note) in rows {
        let words = (wording.as_str(), note.as_deref());
        put(tx, OfficeId(office), IssueId(issue), &audience, words).await?;
        anew += 1;
    }
    Ok(anew)
}
