//! Numbers and dates that stand for a person, in text with ASCII digits.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::find::{COVER, Find};
use super::name::is_about_a_person;
use super::{Certainty, Kind};

/// What stands before a number that is no personal number: it counts, costs or names a document.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:整理|文書|受付|管理|伝票|注文|契約|見積|請求|発注|資料|公文書|許可|指定|事業所|登録|議案|通知|文書記号)(?:番号|no\.?|コード)?\s*[:は]?\s*$|(?:発|第|no\.?)\s*$|https?://\S*$",
    )
});

/// What stands right before the number of a public place, which is no one's secret.
static PUBLIC_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:代表|問い?合わ?せ先?|相談窓口|事務局|市役所|役場|保健所|センター|フリーダイヤル|消防署|社協|社会福祉協議会|医師会|薬剤師会|病院|医院|クリニック|薬局|ステーション|事業所|協議会|連絡会|支援室|連携室|公民館|会館|[課係])(?:の|\s)?\(?(?:代表)?(?:(?:電話番号|電話|tel)[\s:は/]*[\d\-()]{9,14}[\s、,/・]*)?(?:電話番号|電話|tel|fax|番号|連絡先|ファックス)?\s*(?:[:は/]|が)?\s*\(?$",
    )
});

/// What makes even such a number somebody's own.
static PRIVATE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"自宅|本人|長男|長女|息子|娘|家族|携帯|さん|様|個人"));

/// A document counter or measure behind a number.
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\s*(?:円|千円|万|億|人|名|件|回|部|冊|枚|か所|カ所|箇所|ヶ所|%|割|点|年度|号(?:室)?[^0-9]|条|項|時間|分|週|か月|床|km|kg|g|ml|mg)",
    )
});

/// All finds of numbers, dates, addresses and mail.
pub(super) fn find(text: &str) -> Vec<Find> {
    let mut found = Vec::new();
    email(text, &mut found);
    individual(text, &mut found);
    insurance(text, &mut found);
    phone(text, &mut found);
    birth(text, &mut found);
    address(text, &mut found);
    found
}

fn email(text: &str, found: &mut Vec<Find>) {
    static MAIL: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"[a-z0-9._%+\-]+\s?(?:@|\(at\)|\[at\]|アットマ[ー\-]ク)\s?[a-z0-9\-]+(?:\s?(?:\.|\(dot\)|ドット)\s?[a-z0-9\-]+)+",
        )
    });
    found.extend(
        MAIL.find_iter(text)
            .map(|hit| certain(Kind::Email, hit.range())),
    );
}

/// 12 digits beside マイナンバー; in groups of four; or alone, when they look like no document's number.
fn individual(text: &str, found: &mut Vec<Find>) {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"\d{4}[ \-・.]?\d{4}[ \-・.]?\d{4}"));
    static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r"マイナ(?:ンバ|カ)|個人番号|個番"));
    static YEARS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:(?:19|20)\d{2}[ \-・.]){2}(?:19|20)\d{2}$"));
    static DATED: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"));
    for range in whole(&NUMBER, text) {
        let number = &text[range.clone()];
        let named = NAMED.is_match(line_around(text, range.start));
        let document = YEARS.is_match(number)
            || DOCUMENT.is_match(just_before(text, range.start))
            || DATED.is_match(number)
            || is_measured(text, range.end);
        if named || !document {
            found.push(certain(Kind::IndividualNumber, range));
        }
    }
}

/// Numbers that a word before them makes a person's: insurance, patient, certificate.
fn insurance(text: &str, found: &mut Vec<Find>) {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"記号[^\d\n\x{E004}]{0,4}(?P<number>[a-z\p{Han}]{0,3}\d[\d\-\s・]{0,10}[^\d\n\x{E004}]{0,8}\d[\d\-]{0,11})",
        )
    });
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:被保険者|被保番|被保|介護保険|介保|国保|国民健康保険|後期高齢|後期|健康保険|健保|社保|保険証|保険番号|資格確認書|受給者番号|負担者番号|公費)[^\d\n\x{E004}]{0,14}(?P<number>\d(?:[\s\-]?\d){5,13})",
        )
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?P<number>\d(?:[\s\-]?\d){7,11})\s?(?:の|が|は|\()?\s?(?:介護保険|被保険者|国保|後期高齢|保険証)",
        )
    });
    static RECORD: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:患者(?:番号|id|no)|診察券|カルテ(?:番号|no)?|利用者(?:番号|id|no)|手帳番号|手帳の番号|年金番号|受給者証|免許証番号|口座番号)[^\d\n\x{E004}]{0,8}(?P<number>[a-z]{0,3}\d(?:[\s\-]?\d){3,13})",
        )
    });
    static PATIENT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:^|[^a-z])id[\s:.]{0,2}(?P<number>[a-z]{0,2}\d[\d\-]{3,12})\s?の(?:患者|利用者|方|人)",
        )
    });
    let lines: [(&LazyLock<Regex>, Kind); 5] = [
        (&MARK, Kind::InsuranceNumber),
        (&NAMED, Kind::InsuranceNumber),
        (&BEHIND, Kind::InsuranceNumber),
        (&RECORD, Kind::RecordNumber),
        (&PATIENT, Kind::RecordNumber),
    ];
    for (pattern, kind) in lines {
        for parts in pattern.captures_iter(text) {
            let range = named(&parts, "number");
            if !is_measured(text, range.end) && !is_date(&text[range.clone()], &text[range.end..]) {
                found.push(certain(kind, range));
            }
        }
    }
}

fn phone(text: &str, found: &mut Vec<Find>) {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        let gap = r"(?:[\s\-・./]{0,2}|\s?[のノ]\s?)";
        regex(&format!(
            r"(?:\+\s?\d{{1,3}}|\(\+\d{{1,3}}\)|00\d{{1,3}}){gap}\(?0?\)?{gap}\d{{1,4}}{gap}\d{{2,4}}{gap}\d{{3,4}}|\(?0\d{{1,4}}\)?{gap}\(?\d{{1,4}}\)?{gap}\d{{3,4}}|0(?:[\s\-()]{{1,3}}\d){{8,10}}"
        ))
    });
    static LOCAL: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:電話番号|電話|tel|fax|ファックス|ファクス|携帯)[^\d\n\x{E004}]{0,6}(?P<number>\(?\d{2,4}\)?[\-\s]\d{3,4})",
        )
    });
    for range in whole(&WRITTEN, text) {
        let number = &text[range.clone()];
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let abroad =
            number.starts_with(['+', '(']) && number.contains('+') || number.starts_with("0081");
        let plausible = if abroad {
            (9..=15).contains(&digits)
        } else {
            matches!(digits, 10 | 11)
        };
        let linked = just_before(text, range.start)
            .rsplit(char::is_whitespace)
            .next();
        let linked = linked.is_some_and(|word| word.contains("://"));
        let zero_area = !abroad && number.trim_start_matches('(').starts_with("00");
        if plausible
            && !zero_area
            && !linked
            && !is_measured(text, range.end)
            && !is_of_a_public_place(text, &range)
        {
            found.push(certain(Kind::Phone, range));
        }
    }
    for parts in LOCAL.captures_iter(text) {
        let range = named(&parts, "number");
        if !is_measured(text, range.end) && !is_of_a_public_place(text, &range) {
            found.push(certain(Kind::Phone, range));
        }
    }
}

/// Dates said to be of birth, years said to be of birth, and old era dates beside a person.
fn birth(text: &str, found: &mut Vec<Find>) {
    const ERA: &str = r"(?:明治?|大正?|昭和?|平成?|令和?|[mtshr]\.?)\s?(?:元|[\d十]{1,4})";
    static FULL: LazyLock<String> = LazyLock::new(|| {
        let sep = r"\s?[年/.\-・]\s?";
        format!(
            r"(?:(?:18|19|20)\d{{2}}|{ERA}){sep}[\d十]{{1,3}}(?:\s?[月/.\-・]\s?)[\d十]{{1,3}}日?"
        )
    });
    static SAID_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r"(?:生年月日|誕生日|生まれ|dob|birth\s?day|date of birth|d\.o\.b\.?)[^\d\n\x{{E004}}mtshr明大昭平令]{{0,8}}(?P<date>{}|(?:19|20)\d{{6}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:19|20)\d{{2}}|(?:(?:19|20)\d{{2}}|{ERA})年(?:[\d十]{{1,3}}月)?|[\d十]{{1,3}}月[\d十]{{1,3}}日)",
            *FULL
        ))
    });
    static SAID_AFTER: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r"(?P<date>{}|(?:(?:18|19|20)\d{{2}}\({ERA}年?\)|(?:18|19|20)\d{{2}}|{ERA})年(?:[\d十]{{1,3}}月)?)(?:\([^)\n]{{0,10}}\))?\s?(?:生まれ|生れ|うまれ|誕生|\(?生(?:[\s、。,)]|$|の))",
            *FULL
        ))
    });
    static OLD: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?P<date>(?:明治|大正|昭和|[mts])\s?(?:元|[\d十]{1,4})\s?[年/.\-・]\s?[\d十]{1,3}\s?[月/.\-・]\s?[\d十]{1,3}日?|19[0-5]\d[年/.\-]\d{1,2}[月/.\-]\d{1,2}日?)",
        )
    });
    static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"世代|団塊|以前|以降|以後|年代|の(?:人|方)(?:が|は)(?:多|増|対象)|対象者|全員")
    });
    static LAW: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"法律|政令|省令|告示|通知|施行|制定|改正|設立|創立|開設|開院|開業|設置|条例|発足|号")
    });
    for (pattern, needs_person) in [(&SAID_BEFORE, false), (&SAID_AFTER, false), (&OLD, true)] {
        for parts in pattern.captures_iter(text) {
            let range = named(&parts, "date");
            let line = line_around(text, range.start);
            let passes = if needs_person {
                is_about_a_person(line)
                    && !LAW.is_match(line)
                    && !preceded_by_letter(text, range.start)
            } else {
                !GENERAL.is_match(line)
            };
            if passes {
                found.push(Find {
                    kind: Kind::BirthDate,
                    range,
                    certainty: Certainty::Doubtful,
                });
            }
        }
    }
}

fn address(text: &str, found: &mut Vec<Find>) {
    static POSTAL: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?:〒\s?|郵便番号[^\d\n\x{E004}]{0,4})\d{3}\s?\-?\s?\d{4}"));
    static HOUSE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:[\p{Han}\p{Katakana}ヶケの]{1,10}(?:都|道|府|県|市|区|町|村|郡))*[\p{Han}\p{Katakana}ヶ]{1,8}(?:市|区|町|村|郡)(?P<block>[\p{Han}\p{Katakana}ヶぁ-ん]{0,8})(?:大字|字)?\s?[1-9]\d{0,3}(?:丁目|番地?|\-|の)\s?\d{1,4}(?:(?:番地?|号|\-|の)\s?\d{0,4}){0,3}(?:号|番地)?(?P<after>.?)",
        )
    });
    static PLOT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"[\p{Han}\p{Katakana}ヶ]{1,10}\s?(?:\d{1,3}丁目\s?\d{1,4}(?:番地?|\-)\s?\d{0,4}号?|\d{1,5}番地(?:の?\d{1,4})?|大字[\p{Han}\p{Katakana}]{1,8}\d{1,5}|\d{1,4}番\d{1,4}号)",
        )
    });
    static HOME: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:住所|自宅|居所|現住所|お宅|住まい)(?:は|が|[:\s])\s?(?P<place>[\p{Han}\p{Katakana}ヶぁ-ん]{1,14}\s?\d{1,4}(?:丁目|番|\-|の)[\d\-番号地丁目の]{0,12})",
        )
    });
    static ROOM: LazyLock<Regex> = LazyLock::new(|| regex(r"\d{2,4}号室"));
    static GATHERING: LazyLock<Regex> =
        LazyLock::new(|| regex(r"会議|会場|集合|開催|研修|場所|打合せ|講座|講堂|相談会"));
    static NO_BLOCK: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:[のはがをにでともへや内立民]|資料|別紙|様式|第|項目|目標|番号|表|図|議案|議題|計画|年度|指標|施策|基本|圏域|約|各|全)$",
        )
    });
    found.extend(
        POSTAL
            .find_iter(text)
            .map(|hit| certain(Kind::Address, hit.range())),
    );
    for parts in HOUSE.captures_iter(text) {
        let whole = named(&parts, "0");
        let after = named(&parts, "after");
        let block = &text[named(&parts, "block")];
        if !NO_BLOCK.is_match(block)
            && !is_measured(text, after.start)
            && !is_measured(text, after.end)
        {
            found.push(certain(Kind::Address, whole.start..after.start));
        }
    }
    found.extend(
        PLOT.find_iter(text)
            .map(|hit| certain(Kind::Address, hit.range())),
    );
    found.extend(
        HOME.captures_iter(text)
            .map(|parts| certain(Kind::Address, named(&parts, "place"))),
    );
    for hit in ROOM.find_iter(text) {
        let line = line_around(text, hit.start());
        if is_about_a_person(line) && !GATHERING.is_match(line) {
            found.push(Find {
                kind: Kind::Address,
                range: hit.range(),
                certainty: Certainty::Doubtful,
            });
        }
    }
}

/// Matches that are not part of a longer run of digits.
fn whole(pattern: &Regex, text: &str) -> Vec<Range<usize>> {
    let digit = |letter: Option<char>| {
        letter.is_some_and(|letter| letter.is_ascii_digit() || letter == ',')
    };
    pattern
        .find_iter(text)
        .map(|hit| hit.range())
        .filter(|range| {
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            let continued = text[range.end..].starts_with(['-', '.'])
                && digit(text[range.end + 1..].chars().next());
            !digit(before) && !digit(after.filter(|letter| *letter != ',')) && !continued
        })
        .collect()
}

/// The last characters before the byte `at`: as many as the words looked for there need.
fn just_before(text: &str, at: usize) -> &str {
    let start = text[..at]
        .char_indices()
        .rev()
        .nth(40)
        .map_or(0, |(start, _)| start);
    &text[start..at]
}

fn is_measured(text: &str, end: usize) -> bool {
    MEASURE.is_match(&text[end..])
}

/// Whether the digits are a date: eight that begin with a year, or followed by 年.
fn is_date(number: &str, after: &str) -> bool {
    after.starts_with('年')
        || after.starts_with('月')
        || number.len() == 8 && (number.starts_with("19") || number.starts_with("202"))
}

fn is_of_a_public_place(text: &str, range: &Range<usize>) -> bool {
    let line = line_around(text, range.start);
    let mobile = ["070", "080", "090"].iter().any(|start| {
        text[range.clone()]
            .trim_start_matches('(')
            .starts_with(start)
    });
    !mobile && PUBLIC_PLACE.is_match(just_before(text, range.start)) && !PRIVATE.is_match(line)
}

fn preceded_by_letter(text: &str, start: usize) -> bool {
    text[..start]
        .chars()
        .next_back()
        .is_some_and(|letter| letter.is_ascii_alphanumeric())
}

/// The line that holds the byte `at`.
pub(super) fn line_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    &text[start..end]
}

fn named(parts: &Captures<'_>, name: &str) -> Range<usize> {
    let group = if name == "0" {
        parts.get(0)
    } else {
        parts.name(name)
    };
    group.map_or(0..0, |found| found.range())
}

fn certain(kind: Kind, range: Range<usize>) -> Find {
    Find {
        kind,
        range,
        certainty: Certainty::Certain,
    }
}

pub(super) fn regex(source: &str) -> Regex {
    debug_assert!(
        !source.contains(COVER),
        "patterns name the cover by its number"
    );
    Regex::new(source).expect("a pattern of this module compiles")
}
