//! Names of people, and what beside them makes them a patient's.
//!
//! A name alone passes: colleagues and officers are named all day. With an age, a care level, an illness, an address or a
//! number on the same line it is most likely a patient's.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::find::Find;
use super::number::{line_around, regex};
use super::{Certainty, Kind};

const AGE: &str = r"[\d〇一二三四五六七八九十百]{1,4}\s?(?:歳|才)|\d0代|[四五六七八九]十代|\(\d{2,3}\s?[)・、,/男女]";
const CARE: &str = r"要介護|要支援|介護度";
const ILLNESS: &str = "認知症|アルツハイマー|糖尿|がん|癌|腫瘍|白血病|脳梗塞|脳卒中|脳出血|くも膜下|心不全|心筋梗塞|狭心症|不整脈|心臓病|高血圧|肺炎|肺気腫|結核|骨折|麻痺|まひ|透析|腎不全|腎臓病|肝硬変|肝炎|うつ病|鬱|統合失調|双極性|発達障害|知的障害|精神障害|依存症|パーキンソン|als|筋萎縮|難病|リウマチ|てんかん|喘息|copd|インスリン|胃ろう|胃瘻|経管栄養|気管切開|人工呼吸|在宅酸素|ストーマ|褥瘡|床ずれ|末期|余命|病名|病状|症状|既往|持病|通院|受診|入院|退院|転院|救急搬送|服薬|内服|処方|飲み忘れ|寝たきり|徘徊|虐待|生活保護|手術|体調|発熱|転倒|嚥下|失禁|感染|陽性|自殺|亡くなっ|死亡|幻覚|妄想|物忘れ|独居|一人暮らし|独り暮らし";
const HOME: &str =
    "自宅|お宅|(?:さん|様|氏)(?:宅|方)|住所|連絡先|電話|生年月日|生まれ|被保険者|保険証|マイナンバ";

/// Given names usual among the old, in hiragana.
const GIVEN_KANA: &str = "(?:はな|ふみ|よし|きよ|はる|うめ|とめ|みよ|ちよ|すみ|ふじ|まつ|たけ|きく|しず|やす|かず|さち|ゆき)(?:子|こ|江|え|代)?";

/// Words before さん, 様, 氏 that are nobody's name.
const NOBODY: &str = r"(?:高齢|老|若|同居|世帯|隣家|患者|利用者|入居者|入所者|当事者|家族|親族|遺族|皆|客|お客|奥|嫁|婿|母|父|親|祖母|祖父|兄|姉|弟|妹|娘|息子|叔母|叔父|伯母|伯父|孫|子|夫|妻|旦那|主人|先生|職員|担当|新人|会長|部長|課長|所長|院長|園長|施設長|町長|市長|区長|社長|班長|室長|局長|師長|婦長|店長|船長|病院|医院|薬局|施設|事業所|企業|会社|各位|神|仏|王|相手|本人|当人|友達|隣|近所|大家|管理人|家主|飼い主|地主|喪主|持ち主|屋|店|人|員|師|士|者|医|族|業|団|隊|民|課|係|署|会|殿|若|仕|同|多|模|一|異|有|各|何|外|左|両|某|彼|諸|姓|名|他|上|此|其|役場|役所|居宅|包括|社協|行政|消防|警察|学校|保育園|幼稚園|大学|事務|相談|訪問|訪看|看護|介護|薬剤|連携室|窓口|受付|皆々|組合|連合|協会|法人|センタ[ーア]|ステーション|クリニック|ホーム|サービス|デイ|スタッフ|ヘルパー|ケアマネ|ケアマネジャー|ケアマネージャー|マネジャー|マネージャー|ドクター|ナース|セラピスト|リハ|コーディネーター|ワーカー|ボランティア|サポーター|パートナー|メンバー|リーダー|オーナー|ユーザー|メーカー|スーパー|コンビニ|タクシー)$";

const ROLE_BEFORE: &str = r"(?:会長|講師|座長|司会|理事|代表|委員長?|担当者?|アドバイザー|コーディネーター|部長|課長|係長|所長|院長|施設長|主任|主査|主事|管理者|ケアマネ|ケアマネジャー|ケアマネージャー|介護支援専門員|看護師|訪看|薬剤師|相談員|保健師|医師|歯科医師|衛生士|栄養士|療法士|ヘルパー|職員|事務局|地域包括|包括|連携室|薬局|医師会|薬剤師会|社協|市役所|民生委員|発表者|記者|作家|教授|博士|演者)(?:の|・|:|、|,)?\s?$";

const ROLE_BEHIND: &str = r"^\s?\((?:[^)\n]{0,12})(?:会長|講師|理事|代表|委員|担当|部長|課長|係長|所長|院長|施設長|主任|ケアマネ|支援専門員|看護師|薬剤師|相談員|保健師|医師|衛生士|栄養士|療法士|職員|病院|センター|薬局|医師会|クリニック|大学|教授|市)[^)\n]{0,6}\)|^(?:会長|講師|理事|部長|課長|先生|委員|が講師|の講演|の発表|の司会|による講)";

/// Whether a line speaks of a single person's life rather than of laws and counts.
pub(super) fn is_about_a_person(line: &str) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r"{AGE}|{CARE}|さん|様|氏|利用者|患者|男性|女性|の方|ご?本人|被保|生年|入居|{COVER_CLASS}|\d+十?\d*(?:歳|才)"
        ))
    });
    PERSON.is_match(line)
}

/// The cover, as a pattern names it.
const COVER_CLASS: &str = r"\x{E004}";

/// Names in the text that are most likely a patient's.
pub(super) fn find(text: &str) -> Vec<Find> {
    let mut found: Vec<Range<usize>> = Vec::new();
    with_honorific(text, &mut found);
    initials(text, &mut found);
    labelled(text, &mut found);
    bare(text, &mut found);
    found
        .into_iter()
        .map(|range| Find {
            kind: Kind::Name,
            range,
            certainty: Certainty::Doubtful,
        })
        .collect()
}

/// 見本太郎さん, 山本ハナ(仮)様, サンプル次郎氏.
fn with_honorific(text: &str, found: &mut Vec<Range<usize>>) {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?P<name>[\p{Han}々ヶ]{2,6}|[\p{Han}々ヶ]{1,4}\s?[ァ-ヺー]{2,5}|[\p{Han}々ヶ]{1,4}\s?[ぁ-ん]{2,4}|[\p{Han}々ヶ]{1,4}\s[\p{Han}々ヶ]{1,4}|[ァ-ヺー]{2,10}(?:[\s・][ァ-ヺー]{2,10})?[\p{Han}]{0,4}|[ァ-ヺー]{2,8}(?:はな|ふみ|よし|きよ|はる|うめ|とめ|みよ|ちよ|すみ|ふじ|まつ|たけ|きく|しず|やす|かず|さち|ゆき)(?:子|こ|江|え|代)?|(?:林|森|原|関|辻|堀|岡|谷|星|泉|東|西|南|北|平|島|浜|沢|畑|牧|柳|榎|菅|秦|金|李|王|張|朴|崔|陳|楊)|[ぁ-ん]{2,5})(?:\([^)\n]{0,8}\))?\s?(?P<title>さん|様|さま|氏|ちゃん|くん|殿|ご?夫[妻婦])",
        )
    });
    static NO_TITLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^(?:様(?:子|式|々|相|態|変)|氏(?:名|神|族|姓)|殿堂|さん(?:か|ざ|ぽ|せい|そ|ご|ま)|くんれん)",
        )
    });
    static NOBODY_ENDS: LazyLock<Regex> = LazyLock::new(|| regex(NOBODY));
    static ROLES: LazyLock<[Regex; 2]> = LazyLock::new(|| [regex(ROLE_BEFORE), regex(ROLE_BEHIND)]);
    let mut at = 0;
    while let Some(parts) = NAME.captures_at(text, at) {
        let name = parts.name("name").map_or(at..at, |name| name.range());
        let title = parts.name("title").map_or(at..at, |title| title.range());
        at = title.end.max(at + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let name = without_role(text, name);
        let word = &text[name.clone()];
        let kana = word.chars().all(|letter| matches!(letter, 'ぁ'..='ん'));
        let before = text[..name.start].chars().next_back();
        let refused = word.contains(['〇', 'ヶ'])
            && word.chars().all(|letter| "〇ヶ".contains(letter))
            || NO_TITLE.is_match(&text[title.start..])
            || is_nobody(word, &NOBODY_ENDS)
            || kana && !is_kana_name(word, before)
            || ROLES[0].is_match(&text[line_start(text, name.start)..name.start])
            || ROLES[1].is_match(&text[title.end..]);
        if !refused && is_a_patients(text, name.start) {
            found.push(name);
        }
    }
}

/// The name without a word for a role that stands before it, apart: 講師 見本太郎 is 見本太郎.
fn without_role(text: &str, name: Range<usize>) -> Range<usize> {
    static ROLE: LazyLock<Regex> = LazyLock::new(|| regex(ROLE_BEFORE));
    match text[name.clone()].split_once(char::is_whitespace) {
        Some((first, last)) if ROLE.is_match(first) => name.end - last.len()..name.end,
        _ => name,
    }
}

/// 氏名：見本太郎, 名前は例木ふみ; and a name alone between an address and a number.
fn labelled(text: &str, found: &mut Vec<Range<usize>>) {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:氏名|名前|患者名|利用者名|本人名|フリガナ|ふりがな)\s?(?:は|が|[:\s・]){1,2}\s?(?P<name>[\p{Han}々ヶ]{1,4}\s?[\p{Han}々ヶ]{1,4}[ぁ-ん]{0,2}|[\p{Han}々ヶ]{1,4}\s?[ぁ-ん]{2,4}|[\p{Han}々ヶ]{1,4}\s?[ァ-ヺー]{2,5}|[ァ-ヺー]{2,6}\s?[ァ-ヺー]{2,6})(?:\s|です|さん|様|氏|で|と|の|[、。,)(]|$)",
        )
    });
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\x{E004}[\s、,:]{1,2}(?P<name>[\p{Han}々ヶ]{2,4}\s?[\p{Han}々ヶぁ-んァ-ヺ]{0,4})[\s、,:(]{1,2}\x{E004}",
        )
    });
    static NO_NAME: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            "記入|記載|欄|不明|公開|匿名|省略|変更|確認|必要|入力|一覧|未定|検討|書|聞|出|伏|知|決|同じ|連絡|電話|携帯|自宅|住所|長男|長女|次男|次女|家族|本人|番号|生年",
        )
    });
    for parts in LABEL.captures_iter(text).chain(BETWEEN.captures_iter(text)) {
        let Some(name) = parts.name("name") else {
            continue;
        };
        let parted = name.as_str().split_once(char::is_whitespace);
        let (first, last) = parted.unwrap_or((name.as_str(), ""));
        if !NO_NAME.is_match(first) {
            // A label of the next field is no given name: 氏名 架空太郎 電話.
            let end = if NO_NAME.is_match(last) {
                name.start() + first.len()
            } else {
                name.end()
            };
            found.push(name.start()..end);
        }
    }
}

/// 見本太郎、82歳; 例木ハナ 要介護3: a full name without a title, at the start of a phrase, right before age or care level.
///
/// What ends like a given name is one; 訪問介護、要介護3 and デイケア 80歳以上 are not.
fn bare(text: &str, found: &mut Vec<Range<usize>>) {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r"(?:^|[\n\s、。,「(:])(?P<name>[\p{{Han}}ヶ]{{1,3}}\s?(?:[\p{{Han}}]{{0,2}}[郎子美男雄夫助江代吉治一二三平作蔵之彦太枝恵香司志]|[ァ-ヺー]{{2,4}}|{GIVEN_KANA})|[ァ-ヺー]{{2,6}}\s?(?:[一二三]?郎|[\p{{Han}}]{{1,2}}子|{GIVEN_KANA}))[\s、,(]{{1,2}}(?:(?:年齢\s?)?[\d〇一二三四五六七八九十百]{{1,4}}(?:歳|才)|要介護\s?\d|要支援\s?\d|\d{{2,3}}\)|男性|女性|\x{{E004}})(?P<after>.{{0,2}})"
        ))
    });
    static NO_NAME: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            "第|年|令和|平成|昭和|月|日|週|回|数|リハ|デイ|ケア|サロン|マネ|カフェ|ノート|サービス|ホーム|対象|高齢|患者|利用|独居|平均|年齢|世帯|同居|長男|次男|長女|次女|母子|父子|息子|親子|夫婦|男子|女子|様子|連絡|電話|携帯|自宅|住所|番号|会|師",
        )
    });
    static RANGE: LazyLock<Regex> = LazyLock::new(|| regex("^(?:以|未|代|か|~|前|人|台|の人|\\-)"));
    for parts in BARE.captures_iter(text) {
        if let (Some(name), Some(after)) = (parts.name("name"), parts.name("after"))
            && !NO_NAME.is_match(name.as_str())
            && !RANGE.is_match(after.as_str())
        {
            found.push(name.range());
        }
    }
}

/// A氏（82歳、要介護3）: initials hide little beside two marks of one person.
fn initials(text: &str, found: &mut Vec<Range<usize>>) {
    static INITIAL: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?:^|[^a-z0-9.])(?P<name>[a-z](?:[.・]\s?[a-z]\.?|[子男夫美]|太郎)?)\s?(?:さん|様|氏)",
        )
    });
    static SAMPLE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"例[:\s)]|記入例|記載例|書き方|のよう"));
    static MARKS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
        [
            regex(r"[\d〇一二三四五六七八九十]{1,4}\s?(?:歳|才)|\(\d{2,3}\s?[)・、,/男女]"),
            regex(CARE),
            regex(ILLNESS),
            regex(COVER_CLASS),
        ]
    });
    for parts in INITIAL.captures_iter(text) {
        if let Some(name) = parts.name("name") {
            let line = line_around(text, name.start());
            if !SAMPLE.is_match(line) && MARKS.iter().filter(|mark| mark.is_match(line)).count() > 1
            {
                found.push(name.range());
            }
        }
    }
}

/// Whether the line, or a neighbouring line of bare facts, tells age, care, illness, home or number.
fn is_a_patients(text: &str, at: usize) -> bool {
    static BESIDE: LazyLock<Regex> =
        LazyLock::new(|| regex(&format!("{AGE}|{CARE}|{ILLNESS}|{HOME}|{COVER_CLASS}")));
    static FACTS: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r"^\s*(?:年齢[:\s]*)?(?:{AGE}|要介護\s?\d|要支援\s?\d|男性|女性|{COVER_CLASS})"
        ))
    });
    let line = line_around(text, at);
    let start = line_start(text, at);
    let next = text[start + line.len()..].strip_prefix('\n').unwrap_or("");
    BESIDE.is_match(line) || FACTS.is_match(line_around(next, 0))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Whether the word before the title is a role, a relation or part of another word.
fn is_nobody(word: &str, ends: &Regex) -> bool {
    const SURNAMES: [&str; 12] = [
        "土屋", "守屋", "古屋", "金子", "益子", "増子", "白子", "尼子", "大人", "王子", "安達",
        "足達",
    ];
    ends.is_match(word)
        && !SURNAMES.iter().any(|surname| word.ends_with(surname))
        && !is_given(word)
}

/// 花子, 正夫, 太一: 子, 夫 and 一 end a given name when two kanji or more stand before it.
fn is_given(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.len() >= 3
        && matches!(letters.last(), Some('子' | '夫' | '一'))
        && !word.ends_with("息子")
        && !word.ends_with("様子")
}

/// Kana alone before a title: only where nothing runs into it, and no everyday word.
fn is_kana_name(word: &str, before: Option<char>) -> bool {
    const WORDS: [&str; 18] = [
        "たく",
        "みな",
        "かあ",
        "とう",
        "ばあ",
        "じい",
        "ねえ",
        "にい",
        "むすめ",
        "むすこ",
        "だんな",
        "よめ",
        "かんじゃ",
        "りようしゃ",
        "おく",
        "となり",
        "こども",
        "まま",
    ];
    let apart = before
        .is_none_or(|letter| matches!(letter, '\n' | ' ' | '、' | '。' | '「' | '(' | ',' | ':'));
    apart && !WORDS.iter().any(|known| word.ends_with(known))
}
