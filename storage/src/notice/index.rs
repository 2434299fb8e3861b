//! What searches of notices look through: one row per notice with the letters of its title, those of
//! number, issuer, topic and latest wording beside it, and the pairs of letters of both.

use crate::{
    error::Result,
    link::{Transaction, all, optional, run},
};
use domain::{
    id::{NoticeId, OfficeId},
    search::{KEY_VERSION, grams, key},
};

/// The word of the index that every notice of an office bears.
pub(super) fn place_gram(office: OfficeId) -> String {
    format!("n{office}")
}

/// Title, number, issuer, topic, wording.
type Words = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// Puts a notice where searches find it, as it is kept now.
pub(super) async fn put(tx: &mut Transaction, office: OfficeId, notice: NoticeId) -> Result<()> {
    let words = optional!(
        tx,
        Words,
        "select title, number, issuer, (select name from topic where topic.office_id = $1 \
         and topic.id = notice.topic_id), (select wording from notice_wording \
         where notice_wording.office_id = $1 and notice_id = $2 order by version desc limit 1) \
         from notice where office_id = $1 and id = $2",
        office.0,
        notice.0,
    )?;
    let Some((title, number, issuer, topic, wording)) = words else {
        return Ok(());
    };
    // A full stop parts them, so that no word goes across.
    let beside = [number, issuer, topic, wording].into_iter().flatten();
    let beside = key(&beside.collect::<Vec<_>>().join("。"));
    let folded = key(&title);
    let mut pairs = grams(&folded);
    pairs.extend(grams(&beside));
    let pairs = pairs
        .into_iter()
        .fold(place_gram(office), |list, pair| list + " " + &pair);
    run!(
        tx,
        "insert into notice_letters (office_id, notice_id, folded, beside, grams, made_by) \
         values ($1, $2, $3, $4, $5, $6) on conflict (office_id, notice_id) do update set \
         folded = excluded.folded, beside = excluded.beside, grams = excluded.grams, \
         made_by = excluded.made_by",
        office.0,
        notice.0,
        folded,
        beside,
        pairs,
        KEY_VERSION,
    )?;
    Ok(())
}

/// Makes at most `limit` rows anew that another version of [`domain::search::key`] made, whatever office
/// they are of; says how many. Until that is done, searches do not find them.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn make_anew(tx: &mut Transaction, limit: i64) -> Result<u64> {
    let rows = all!(
        tx,
        (i64, i64),
        "select office_id, notice_id from notice_letters where made_by < $1 order by made_by limit $2",
        KEY_VERSION,
        limit,
    )?;
    let mut anew = 0;
    for (office, notice) in rows {
        put(tx, OfficeId(office), NoticeId(notice)).await?;
        anew += 1;
    }
    Ok(anew)
}
