//! An office with its list, and what it has sorted.

use domain::category::{Category, Past};
use domain::id::{CategoryId, IssueId};

pub(crate) const DISCHARGE: CategoryId = CategoryId(1);
pub(crate) const SHARING: CategoryId = CategoryId(2);
pub(crate) const MEDICINE: CategoryId = CategoryId(3);
pub(crate) const MOUTH: CategoryId = CategoryId(4);
pub(crate) const END: CategoryId = CategoryId(5);
pub(crate) const PEOPLE: CategoryId = CategoryId(6);
pub(crate) const DEMENTIA: CategoryId = CategoryId(7);
pub(crate) const EMERGENCY: CategoryId = CategoryId(8);
pub(crate) const KNOWING: CategoryId = CategoryId(9);
const OLD: CategoryId = CategoryId(10);

pub(crate) fn list() -> Vec<Category> {
    [
        (DISCHARGE, "退院時の連携", false),
        (SHARING, "情報共有", false),
        (MEDICINE, "服薬・残薬", false),
        (MOUTH, "口腔ケア", false),
        (END, "看取り", false),
        (PEOPLE, "人材の確保", false),
        (DEMENTIA, "認知症", false),
        (EMERGENCY, "夜間・救急", false),
        (KNOWING, "職種の理解", false),
        (OLD, "その他の連携", true),
    ]
    .map(|(id, name, retired)| Category {
        id,
        name: name.into(),
        retired,
    })
    .into()
}

/// Statements the office has sorted, newest first.
const SORTED: &[(&str, &[CategoryId])] = &[
    (
        "退院の日取りが前日に決まり、福祉用具の手配が間に合わない",
        &[DISCHARGE],
    ),
    (
        "退院前カンファレンスに呼ばれないまま在宅に戻ってくる",
        &[DISCHARGE, SHARING],
    ),
    (
        "病院からの退院の知らせがケアマネに届くのが遅い",
        &[DISCHARGE, SHARING],
    ),
    ("転院の調整に時間がかかり、家族が疲れてしまう", &[DISCHARGE]),
    (
        "連携ノートに書いても、ほかの事業所が読んでいない",
        &[SHARING],
    ),
    (
        "サービス担当者会議の内容が、欠席した事業所に伝わらない",
        &[SHARING],
    ),
    (
        "ICTの情報共有ツールが事業所ごとに違い、何度も入力している",
        &[SHARING],
    ),
    (
        "飲み残しの薬が家にたまっているが、だれに言えばよいか分からない",
        &[MEDICINE],
    ),
    (
        "お薬手帳を何冊も持っていて、重なった処方に気付けない",
        &[MEDICINE, SHARING],
    ),
    (
        "一包化を頼みたいが、薬局にどう相談すればよいか",
        &[MEDICINE],
    ),
    (
        "服薬の介助をヘルパーがどこまでしてよいのか迷う",
        &[MEDICINE, KNOWING],
    ),
    ("入れ歯が合わないまま食事をとっている方が多い", &[MOUTH]),
    ("訪問の歯科をどこに頼めるか、一覧がほしい", &[MOUTH]),
    ("施設の職員に口の中の手入れの研修をしてほしい", &[MOUTH]),
    (
        "最期を家で迎えたいという希望を、いつだれが聞くのか決まっていない",
        &[END],
    ),
    ("施設での看取りに応じてくれる医師が少ない", &[END, PEOPLE]),
    ("人生会議の話を切り出すきっかけがない", &[END]),
    ("訪問看護師の募集をしても応募がない", &[PEOPLE]),
    ("介護職員が定着せず、若い人が入ってこない", &[PEOPLE]),
    ("ケアマネの高齢化が進み、担い手が減っている", &[PEOPLE]),
    (
        "認知症の方の受診を嫌がる気持ちにどう向き合うか",
        &[DEMENTIA],
    ),
    ("物忘れの相談先が住民に知られていない", &[DEMENTIA]),
    ("徘徊する方を地域で見守る仕組みがない", &[DEMENTIA]),
    (
        "夜間に急変したときの連絡先が家族に伝わっていない",
        &[EMERGENCY, SHARING],
    ),
    ("休日に診てもらえる医療機関が分からない", &[EMERGENCY]),
    (
        "救急搬送のとき、ふだんの様子を書いた紙がない",
        &[EMERGENCY, SHARING],
    ),
    (
        "リハビリ職が何をしてくれるのか、ほかの職種に知られていない",
        &[KNOWING],
    ),
    ("医師に電話するのは敷居が高いと感じる", &[KNOWING]),
    (
        "薬剤師が在宅に来てくれることを知らなかった",
        &[KNOWING, MEDICINE],
    ),
];

/// The sorted statements as past issues, numbered so that the newest has the highest number.
pub(crate) fn past() -> Vec<Past<'static>> {
    let newest = i64::try_from(SORTED.len()).unwrap_or(i64::MAX);
    (1..=newest)
        .rev()
        .zip(SORTED)
        .map(|(number, (text, categories))| Past {
            issue: IssueId(number),
            text,
            categories,
        })
        .collect()
}
