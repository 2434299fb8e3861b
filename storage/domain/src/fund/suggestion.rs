//! Which lines of a catalogue fit an issue or a project, and by which words.
//!
//! People and catalogues speak of one matter in different words: 「人が足りない」 is 参入促進 there. The
//! matters and the words of both sides are data; beside them counts what both texts have in common as it is
//! written. A suggestion names its words, so that a person sees at once whether it is any good. It is a
//! suggestion only: whether a line pays for something is asked of the department.

use super::Fund;
use crate::{similarity::shared_words, text::Normalised};

/// Most lines that are suggested.
pub const SUGGESTIONS_MAX: usize = 10;
/// Most reasons named for one line.
const REASONS_MAX: usize = 4;
/// What a matter counts that the name of a line speaks of.
const NAMED: usize = 6;
/// What a matter counts that only the heading above a line speaks of.
const HEADED: usize = 3;
/// What a matter counts that only the description speaks of.
const DESCRIBED: usize = 2;
/// What a word counts that stands in both texts as it is.
const SHARED: usize = 2;
/// Fewest letters of such a word.
const SHARED_LETTERS_MIN: usize = 3;
/// Least that a line must count.
const LEAST: usize = 2;

/// A matter: the words people have for it, and those of catalogues. Evened: one width, lower case.
struct Matter {
    heard: &'static [&'static str],
    sought: &'static [&'static str],
}

#[rustfmt::skip] // A table: one matter below the other.
const MATTERS: &[Matter] = &[
    Matter { heard: &["人手", "人材不足", "人が足り", "人がいない", "担い手", "採用", "応募", "求人", "なり手"],
             sought: &["マッチング", "すそ野", "入門的研修", "就業促進", "参加促進"] },
    Matter { heard: &["離職", "辞め", "やめて", "定着", "続かない", "長続き"],
             sought: &["長期定着", "離職", "悩み相談", "交流推進", "定着促進"] },
    Matter { heard: &["ict", "タブレット", "電子", "記録", "請求", "システム", "デジタル", "事務作業", "書類"],
             sought: &["ict", "介護ソフト", "生産性"] },
    Matter { heard: &["腰痛", "身体的負担", "センサー", "ロボット", "見守り機器", "移乗"],
             sought: &["介護ロボット", "生産性"] },
    Matter { heard: &["研修", "勉強会", "知識", "技術", "スキル", "学ぶ", "学びたい", "事例検討"],
             sought: &["研修", "資質", "キャリアアップ", "人材育成"] },
    Matter { heard: &["代わりがい", "代わりの職員", "研修に出", "研修に行け", "抜けられない", "欠員"],
             sought: &["代替"] },
    Matter { heard: &["認知症", "もの忘れ", "物忘れ", "徘徊", "bpsd"],
             sought: &["認知症", "チームオレンジ"] },
    Matter { heard: &["多職種", "他職種", "医療と介護", "医療・介護", "医療介護", "退院", "連携"],
             sought: &["地域包括ケア", "医療・介護連携", "多職種"] },
    Matter { heard: &["ケアマネ", "介護支援専門員", "ケアプラン"],
             sought: &["介護支援専門員", "ケアプラン"] },
    Matter { heard: &["後見", "金銭管理", "虐待", "権利擁護", "身寄り"],
             sought: &["権利擁護", "成年後見", "介護相談員"] },
    Matter { heard: &["外国人", "留学生", "技能実習", "日本語"],
             sought: &["外国人", "留学生", "特定技能"] },
    Matter { heard: &["災害", "防災", "停電", "避難", "bcp", "水害", "地震"],
             sought: &["防災"] },
    Matter { heard: &["介護予防", "フレイル", "リハビリ", "体操", "転倒"],
             sought: &["介護予防"] },
    Matter { heard: &["感染", "コロナ", "クラスター", "応援職員"],
             sought: &["感染症", "応援体制"] },
    Matter { heard: &["ハラスメント", "暴言", "暴力", "カスハラ"],
             sought: &["ハラスメント"] },
    Matter { heard: &["子育て", "保育", "育児", "産休", "育休"],
             sought: &["子育て", "保育", "育児"] },
    Matter { heard: &["ボランティア", "支え合い", "助け合い", "買い物", "ゴミ出し", "生活支援", "サロン"],
             sought: &["ボランティア", "支え合い", "生活支援"] },
    Matter { heard: &["吸引", "医療的ケア", "経管"],
             sought: &["喀痰吸引", "医療的ケア"] },
    Matter { heard: &["イメージ", "魅力", "若い人", "若者", "中学生", "高校生", "学校", "進路"],
             sought: &["魅力", "職場体験", "若者", "インターンシップ", "若年"] },
    Matter { heard: &["離島", "山間", "へき地", "僻地", "過疎", "送迎", "移動手段", "通院の足"],
             sought: &["離島", "中山間", "移動を支援"] },
    Matter { heard: &["夜勤", "シフト", "短時間", "副業", "兼業", "働き方"],
             sought: &["多様な働き方", "短時間", "雇用管理"] },
    Matter { heard: &["新人", "新任", "新しい職員", "指導役", "教育係"],
             sought: &["新人", "人材育成力"] },
    Matter { heard: &["潜在", "ブランク", "復職", "再就職"],
             sought: &["潜在", "再就業", "再就職"] },
    Matter { heard: &["高齢者の活躍", "元気な高齢者", "元気高齢者", "シルバー", "シニア", "介護助手"],
             sought: &["元気高齢者", "シルバー", "介護助手"] },
    Matter { heard: &["障害", "共生型"],
             sought: &["共生型", "障害福祉"] },
];

/// Words that stand in most lines and say nothing of one.
const EVERYWHERE: &[&str] = &[
    "介護",
    "事業",
    "支援",
    "助成",
    "経費",
    "実施",
    "地域",
    "施設",
    "事業所",
    "職員",
    "サービス",
    "促進",
    "推進",
    "確保",
    "人材",
    "整備",
    "環境",
    "介護職員",
    "介護人材",
    "高齢者",
    "取組",
    "対策",
    "活動",
    "必要",
];

/// Why a line is suggested: a word of the text, and the word of the line it goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// As the text writes it.
    pub heard: String,
    /// As the line writes it.
    pub found: String,
}

/// A line that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<'f> {
    /// The line.
    pub fund: &'f Fund,
    /// How much speaks for it.
    pub weight: usize,
    /// By which words, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// The lines that fit a text, the best first; at most [`SUGGESTIONS_MAX`]. Items whose sub-items say what is
/// paid for are read through those.
#[must_use]
pub fn suggest<'f>(text: &str, funds: &'f [Fund]) -> Vec<Suggestion<'f>> {
    let even = Normalised::new(text);
    let heard: Vec<(&Matter, String)> = MATTERS
        .iter()
        .filter_map(|matter| Some((matter, first(matter.heard, &even, text)?)))
        .collect();
    let mut item = "";
    let mut found = Vec::new();
    for fund in funds {
        let entry = &fund.entry;
        if entry.sub.is_none() {
            item = &entry.title;
        }
        if entry.content.is_empty() {
            continue;
        }
        let name = if entry.sub.is_some() && *item != *entry.title {
            format!("{item}\n{}", entry.title)
        } else {
            entry.title.clone()
        };
        found.extend(judged(fund, (text, &heard), &name));
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.weight), one.fund.position));
    found.truncate(SUGGESTIONS_MAX);
    found
}

fn judged<'f>(
    fund: &'f Fund,
    (text, heard): (&str, &[(&Matter, String)]),
    name: &str,
) -> Option<Suggestion<'f>> {
    let content = &fund.entry.content;
    let middle = &fund.entry.middle;
    let places = [(NAMED, name), (HEADED, middle), (DESCRIBED, content)]
        .map(|(weight, text)| (weight, Normalised::new(text), text));
    let mut reasons: Vec<(usize, Reason)> = Vec::new();
    for (matter, word) in heard {
        let found = places.iter().find_map(|(weight, even, text)| {
            first(matter.sought, even, text).map(|found| (*weight, found))
        });
        if let Some((weight, found)) = found {
            let heard = word.clone();
            reasons.push((weight, Reason { heard, found }));
        }
    }
    let known = |word: &str| {
        let even = crate::text::fold(word);
        EVERYWHERE
            .iter()
            .any(|common| crate::text::fold(common) == even)
    };
    for word in shared_words(text, name, REASONS_MAX) {
        let is_said = reasons
            .iter()
            .any(|(_, reason)| reason.heard.contains(&word) || reason.found.contains(&word));
        if word.chars().count() >= SHARED_LETTERS_MIN && !known(&word) && !is_said {
            let found = word.clone();
            reasons.push((SHARED, Reason { heard: word, found }));
        }
    }
    let weight = reasons.iter().map(|(weight, _)| weight).sum();
    if weight < LEAST {
        return None;
    }
    reasons.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let reasons = reasons.into_iter().map(|(_, reason)| reason);
    Some(Suggestion {
        fund,
        weight,
        reasons: reasons.take(REASONS_MAX).collect(),
    })
}

/// The first of these words in a text, as it stands there.
fn first(words: &[&str], even: &Normalised, original: &str) -> Option<String> {
    let text = even.as_str();
    let span = words
        .iter()
        .filter_map(|word| text.find(word).map(|at| at..at + word.len()))
        .min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))?;
    Some(original[even.original(span)].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_written_as_evened_text_writes_it() {
        for matter in MATTERS {
            for word in matter.heard.iter().chain(matter.sought) {
                assert_eq!(Normalised::new(word).as_str(), *word);
            }
        }
    }
}
