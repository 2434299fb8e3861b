//! Scopes (対象サービス): the tags by which notices find associations, as data.
//!
//! Tags lie within each other: 訪問看護 is one of 訪問系, which is one of 介護保険サービス. A notice reaches an
//! association when one of its tags and one of the association's are the same or lie within each other:
//! an association of 居住系 gets what is for 有料老人ホーム, because some of its people work there. What a
//! notice says in one breath (入所施設・居住系及び訪問系サービス) is read as several tags and means any of them.
//! A tag that is not listed here stands for itself.

use crate::text::{clean, fold, utf16_len};
use std::collections::BTreeSet;

/// Everybody, whatever an association does.
pub const EVERYBODY: &str = "全サービス共通";
/// Most tags of one notice or association.
pub const SCOPES_MAX: usize = 20;
/// Longest tag, in UTF-16 units.
pub const SCOPE_UNITS_MAX: usize = 40;

/// A kind of service.
struct Service {
    /// The tag.
    name: &'static str,
    /// The wider tag it lies within.
    within: Option<&'static str>,
    /// What it is called as well.
    aliases: &'static [&'static str],
}

const fn service(
    name: &'static str,
    within: &'static str,
    aliases: &'static [&'static str],
) -> Service {
    Service {
        name,
        within: Some(within),
        aliases,
    }
}

const fn root(name: &'static str, aliases: &'static [&'static str]) -> Service {
    Service {
        name,
        within: None,
        aliases,
    }
}

/// The kinds of services of seed 003, and those of the care insurance law (sections 8 and 8-2) that lie
/// within them.
const SERVICES: [Service; 39] = [
    root(
        EVERYBODY,
        &[
            "全サービス",
            "サービス共通",
            "全事業所",
            "共通",
            "すべて",
            "全て",
        ],
    ),
    root(
        "介護保険サービス",
        &[
            "介護サービス",
            "介護保険",
            "介護事業所",
            "介護サービス事業所",
        ],
    ),
    root("医療機関等", &["医療機関", "医療系"]),
    service(
        "居宅介護支援",
        "介護保険サービス",
        &[
            "居宅介護支援事業所",
            "居宅支援",
            "ケアマネジャー",
            "ケアマネ",
            "介護支援専門員",
        ],
    ),
    service(
        "介護予防支援",
        "居宅介護支援",
        &["地域包括支援センター", "包括"],
    ),
    service(
        "訪問系",
        "介護保険サービス",
        &["訪問", "訪問サービス", "居宅を訪問して行うサービス"],
    ),
    service("訪問介護", "訪問系", &["ホームヘルプ", "ヘルパー"]),
    service("訪問看護", "訪問系", &["訪問看護ステーション", "訪看"]),
    service("訪問入浴介護", "訪問系", &["訪問入浴"]),
    service(
        "訪問リハビリテーション",
        "訪問系",
        &["訪問リハビリ", "訪問リハ"],
    ),
    service("居宅療養管理指導", "訪問系", &[]),
    service(
        "定期巡回・随時対応型訪問介護看護",
        "訪問系",
        &["定期巡回", "定期巡回随時対応型訪問介護看護"],
    ),
    service("通所系", "介護保険サービス", &["通所", "通所サービス"]),
    service(
        "通所介護",
        "通所系",
        &["デイサービス", "地域密着型通所介護"],
    ),
    service(
        "通所リハビリテーション",
        "通所系",
        &["通所リハビリ", "通所リハ", "デイケア"],
    ),
    service("認知症対応型通所介護", "通所系", &["認知症デイ"]),
    service(
        "短期入所系",
        "介護保険サービス",
        &["短期入所", "ショートステイ"],
    ),
    service("短期入所生活介護", "短期入所系", &[]),
    service("短期入所療養介護", "短期入所系", &[]),
    service(
        "多機能系",
        "介護保険サービス",
        &[
            "小規模多機能型居宅介護",
            "小規模多機能",
            "看護小規模多機能型居宅介護",
            "看多機",
        ],
    ),
    service(
        "福祉用具",
        "介護保険サービス",
        &["福祉用具貸与", "福祉用具販売"],
    ),
    service(
        "入所施設",
        "介護保険サービス",
        &["入所系", "入所", "施設系", "介護保険施設", "高齢者施設"],
    ),
    service(
        "介護老人福祉施設",
        "入所施設",
        &[
            "特別養護老人ホーム",
            "特養",
            "介護老人福祉施設（特養）",
            "地域密着型介護老人福祉施設",
        ],
    ),
    service("介護老人保健施設", "入所施設", &["老健"]),
    service("介護医療院", "入所施設", &[]),
    service("介護療養型医療施設", "入所施設", &["療養型"]),
    service("居住系", "介護保険サービス", &["居住", "居住施設"]),
    service(
        "有料老人ホーム",
        "居住系",
        &["介護付き有料老人ホーム", "住宅型有料老人ホーム"],
    ),
    service(
        "サービス付き高齢者向け住宅",
        "居住系",
        &["サ高住", "サ付き住宅"],
    ),
    service(
        "認知症対応型共同生活介護",
        "居住系",
        &["グループホーム", "認知症グループホーム"],
    ),
    service("特定施設", "居住系", &["特定施設入居者生活介護"]),
    service("軽費老人ホーム", "居住系", &["ケアハウス"]),
    service("養護老人ホーム", "居住系", &[]),
    service("病院", "医療機関等", &[]),
    service("診療所", "医療機関等", &["医院", "クリニック"]),
    service("歯科診療所", "医療機関等", &["歯科", "歯科医院"]),
    service("薬局", "医療機関等", &["調剤薬局"]),
    service("助産所", "医療機関等", &[]),
    service("病床のある医療機関", "医療機関等", &["有床医療機関"]),
];

/// The tags people are offered first, in the order of seed 003.
pub const OFFERED: [&str; 8] = [
    EVERYBODY,
    "介護保険サービス",
    "居宅介護支援",
    "訪問系",
    "通所系",
    "入所施設",
    "居住系",
    "医療機関等",
];

/// The tags of what was written: compound ones are split (通所系・訪問系サービス), other names for a tag become
/// the tag (特養), each stands once, in the order written. What is not known is kept as it is written; at
/// most [`SCOPES_MAX`], each at most [`SCOPE_UNITS_MAX`] long.
#[must_use]
pub fn read(written: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for piece in pieces(written) {
        let within = named(&piece).map_or_else(|| split(&piece), |tag| vec![tag.to_owned()]);
        for tag in within {
            if tags.len() < SCOPES_MAX && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    tags
}

/// Whether a tag is one this list knows, by its own name.
#[must_use]
pub fn is_known(tag: &str) -> bool {
    SERVICES.iter().any(|service| service.name == tag)
}

/// Whether a notice with `tags` is for an association with `scopes` (as somebody wrote them). A notice
/// without tags is for nobody but the desk.
#[must_use]
pub fn reaches(tags: &[String], scopes: &[String]) -> bool {
    match kin(scopes) {
        Kin::All => !tags.is_empty(),
        Kin::Of(kin) => tags.iter().any(|tag| kin.contains(tag)),
    }
}

/// The tags by which notices find an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Whatever they are.
    All,
    /// These.
    Of(BTreeSet<String>),
}

/// The tags by which notices find an association with these scopes (as somebody wrote them): the scopes,
/// what lies within them, what they lie within, and [`EVERYBODY`].
#[must_use]
pub fn kin(scopes: &[String]) -> Kin {
    let scopes: Vec<String> = scopes.iter().flat_map(|scope| read(scope)).collect();
    if scopes.iter().any(|scope| scope == EVERYBODY) {
        return Kin::All;
    }
    let listed = SERVICES.iter().map(|service| service.name).filter(|name| {
        scopes
            .iter()
            .any(|scope| lies_within(name, scope) || lies_within(scope, name))
    });
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    let mut kin: BTreeSet<String> = scopes.into_iter().chain(listed).collect();
    kin.insert(EVERYBODY.to_owned());
    Kin::Of(kin)
}

/// Whether a tag is the other one or lies within it.
fn lies_within(tag: &str, wide: &str) -> bool {
    let mut at = Some(tag);
    while let Some(name) = at {
        if name == wide {
            return true;
        }
        let service = SERVICES.iter().find(|service| service.name == name);
        at = service.and_then(|service| service.within);
    }
    false
}

/// What stands apart: lines, commas, slashes, and the brackets of ＜全サービス共通＞.
fn pieces(written: &str) -> Vec<String> {
    let apart = |letter: char| {
        matches!(
            letter,
            '\n' | '\r'
                | ','
                | '，'
                | '、'
                | '､'
                | ';'
                | '；'
                | '/'
                | '／'
                | '|'
                | '｜'
                | '<'
                | '>'
                | '＜'
                | '＞'
                | '〈'
                | '〉'
                | '【'
                | '】'
                | '［'
                | '］'
                | '['
                | ']'
        )
    };
    let pieces = written.split(apart).map(str::trim);
    let pieces = pieces.filter(|piece| !piece.is_empty());
    pieces.map(str::to_owned).collect()
}

/// What one breath says of several: ・, 及び and their kin part it, where the whole is no name.
fn split(piece: &str) -> Vec<String> {
    let mut apart = piece.to_owned();
    for word in [
        "及び",
        "および",
        "並びに",
        "ならびに",
        "又は",
        "または",
        "と",
        "･",
        "・",
        "　",
        " ",
    ] {
        apart = apart.replace(word, "\n");
    }
    let pieces: Vec<&str> = apart
        .lines()
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let known = pieces.iter().any(|piece| named(piece).is_some());
    if pieces.len() > 1 && known {
        return pieces.iter().filter_map(|piece| tag(piece)).collect();
    }
    // Nothing of it is known, so nobody can say where it parts.
    tag(piece).into_iter().collect()
}

/// A tag as it is kept; `None` where no letter is left of it.
fn tag(piece: &str) -> Option<String> {
    if let Some(known) = named(piece) {
        return Some(known.to_owned());
    }
    if !piece.chars().any(char::is_alphanumeric) {
        return None;
    }
    let cleaned = clean(piece, usize::MAX).ok()?;
    let line = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = utf16_len(&line) <= SCOPE_UNITS_MAX;
    let line = if fits {
        line
    } else {
        crate::text::fitting(&line, SCOPE_UNITS_MAX).to_owned()
    };
    (!line.is_empty()).then_some(line)
}

/// The tag of a name; 等 and サービス at its end do not count.
fn named(written: &str) -> Option<&'static str> {
    let exact = |letters: &str| {
        let is = |name: &&str| self::letters(name) == letters;
        SERVICES
            .iter()
            .find(|service| is(&service.name) || service.aliases.iter().any(is))
            .map(|service| service.name)
    };
    let mut letters = letters(written);
    loop {
        if let Some(found) = exact(&letters) {
            return Some(found);
        }
        let ends = ["さーびす", "事業所", "事業者", "系", "等", "など"];
        let shorter = ends.iter().find_map(|end| letters.strip_suffix(end))?;
        letters = shorter.to_owned();
    }
}

/// What counts of a name: letters, whatever their width and kana.
fn letters(written: &str) -> String {
    let folded = fold(written);
    folded
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == 'ー')
        .collect()
}
