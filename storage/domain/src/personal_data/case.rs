//! One patient's condition, which goes to the doctor, dentist or pharmacist and not into the list (seed 002, item 13).
//!
//! The list collects matters of the field. 「薬が大量に余っている」 is an observation of one person, to be passed on at once;
//! 「残薬の多い人が増えている」 is a matter of the field, to be collected. The words for what was observed are the same, so the
//! difference is read from what stands around them.

use std::sync::LazyLock;

use regex::Regex;

use super::number::regex;
use crate::text::Normalised;

/// A text that reports one patient's condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleCase {
    /// The words that say so, as they stand in the text.
    pub words: Vec<String>,
}

/// What stands in the place of a report on one patient, where the rest of what was written is given back.
pub const CASE_PLACEHOLDER: &str = "［お一人のご様子］";

/// What is observed: the list of seed 002, item 13, in the words people use.
const OBSERVED: &str = concat!(
    "(?:薬|錠剤|湿布|目薬|インスリン|処方薬)(?:が|を|も|は)?[^。\n]{0,12}(?:余っ|残っ|溜ま|たま(?:っ|り)|飲(?:ん|み|ま)|忘れ|拒|嫌が|吐き出|捨て)",
    "|残薬(?:が|を|も)|飲み忘れ|飲み残し|一度に(?:服用|飲)|使いき|使い切|二重に処方|服用を(?:拒|嫌)|服薬を(?:拒|嫌|忘)|拒薬",
    "|口臭|口(?:腔内|の中)?(?:から|の)?(?:に)?(?:の)?出血|歯茎|歯ぐき|入れ歯(?:が|を)|義歯(?:が|を)|口内炎",
    "|体重(?:が|の)(?:\\d|急|大きく|かなり|だいぶ|少し|減|増|落|変化)|痩せ|やせ(?:て|た|細)|むくみ|浮腫",
    "|食事(?:量|回数|の量)?(?:が|を|も|は)?(?:減|落|ほとんど|半分|摂|とら|取ら|食べ)|食欲|食べ(?:なく|られ|ない|残)|水分(?:を|が)|脱水|むせ",
    "|下痢|便秘|嘔吐|皮膚(?:が|の)?(?:乾燥|炎症|ただれ)|湿疹|発疹|かゆ|褥瘡|床ずれ|発赤|あざ(?:が)",
    "|転倒|転ん|転び|ふらつ|めまい|発熱|熱(?:が)?(?:出|続|ある)|咳が|息切れ|血圧が|血糖が|痛み(?:が|を)|痛が|しびれ",
    "|眠れ|不眠|昼夜逆転|意識が(?:な|も|朦|低|遠)|ろれつ|幻覚|幻視|妄想|物忘れが|徘徊|怒りっぽ|元気がな|リハビリ[^。\n]{0,14}提供されていな",
);

/// Words that single one person out.
const ONE_PERSON: &str = concat!(
    "(?:[〇○◯a-z]{1,2}|\\p{Han}{1,4}|［氏名］|\\[氏名\\])(?:さん|様|氏)|(?:(?:^|[、。])ある|この|その|あの|担当(?:し(?:て)?(?:いる|た))?(?:の)?|受け持ちの|うちの|先日の|件の)(?:利用者|患者|方|人|入居者|お客)|ご?本人(?:が|は|の|に|も)",
    "|[\\d〇一二三四五六七八九十]{1,4}(?:歳|才)(?:の|、|\\(|で|女|男)|要(?:介護|支援)\\s?\\d(?:の|、|で)[^。\n]{0,6}(?:方|女性|男性|利用者|患者)",
    "|(?:今朝|今日|昨日|昨夜|一昨日|先週|今週|先月|先日|(?:\\d|一|二|三|数)(?:日|週間|か月|ヶ月)(?:前|で|ほど前)|ここ(?:数日|最近|\\d|一))",
    "|独居の(?:方|女性|男性)が|(?:夫|妻|長男|長女|息子|娘|嫁)(?:さん)?(?:が|から|の話)",
);

/// Words of a matter of the field: many people, or what the field does about it.
const MANY: &str = concat!(
    "(?:人|方|者|患者|例|事例|ケース|世帯|家庭)(?:が|は|も|の割合が)?[^。\n]{0,6}(?:多|増|目立|少なくな|相次)|多い|増え(?:て|た|る)|増加|減ら(?:な|せ|す)|なくならな|よくある|ことがある|ことも?多|たびに|ばかり|傾向|割合|全体|全国|%|\\d+件|\\d+例",
    "|高齢者(?:が|の|は|に|を)|人がい(?:て|る|た)|人たち|人々|住民|市民|地域|圏域|施設(?:で|の)(?:は|転倒)|病院ごと|事業所|職員|職種|専門職|家族が不安",
);

/// Words of what is done about such observations in general.
const FIELD: &str = concat!(
    "連携|研修|勉強会|講座|取り?組|仕組|体制|方法|基準|様式|統一|マニュアル|手順|ルール|周知|啓発|対策|予防|指標|調査|アンケート|課題|事例検討|検討会|会議",
    "|知識|経験|連絡|報告|相談|共有|情報|返事|問い合わせ|照会|依頼|指示|提案|役割|だれ|誰に|誰が|どこに|どの(?:職種|薬局|医師)|(?:場合|とき|時)(?:の|は|に)|しても|知らせても|(?:たら|れば)(?:よ|い|ど)|ための|について|に関する|への対応|気づける|気づか|見つけ|という|必要",
);

/// Tells a report on one patient's condition from a matter of the field; nothing for the latter.
///
/// One person singled out with an observation is a case unless many are spoken of; an observation alone is a case unless
/// anything speaks for the field.
#[must_use]
pub fn single_case(text: &str) -> Option<SingleCase> {
    static PATTERNS: LazyLock<[Regex; 4]> =
        LazyLock::new(|| [OBSERVED, ONE_PERSON, MANY, FIELD].map(regex));
    let [observed, one_person, many, field] = &*PATTERNS;
    let even = Normalised::new(text);
    let mut words = Vec::new();
    for line in lines(even.as_str()) {
        let said = &even.as_str()[line.clone()];
        let singled_out = one_person.is_match(said);
        if many.is_match(said) || !singled_out && field.is_match(said) {
            continue;
        }
        let patterns = if singled_out {
            [Some(observed), Some(one_person)]
        } else {
            [Some(observed), None]
        };
        if observed.is_match(said) {
            for hit in patterns
                .into_iter()
                .flatten()
                .flat_map(|pattern| pattern.find_iter(said))
            {
                let range = line.start + hit.start()..line.start + hit.end();
                words.push(text[even.original(range)].to_owned());
            }
        }
    }
    (!words.is_empty()).then_some(SingleCase { words })
}

/// The lines of the text, as ranges.
fn lines(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}
