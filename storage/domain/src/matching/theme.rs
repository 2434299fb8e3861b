//! Themes: the matters professions of home care have with each other, and the words they are heard in.
//!
//! Words are looked for in the evened text (one width, lower case) once the words for professions are taken out, so that
//! 薬剤師 does not make everything a matter of medicine. A word may stand under two themes (むせる is the mouth's matter and
//! the table's). Order is that of the list: what the manual speaks of first, then the rest; wide themes come last.

use std::ops::Range;

use crate::text::Normalised;

/// A matter. Its code is stable; what people call it is looked up by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// 退院・在宅復帰
    Discharge,
    /// 服薬
    Medicine,
    /// 口腔・飲み込み
    Mouth,
    /// 栄養・食事
    Nutrition,
    /// リハビリ・動作
    Movement,
    /// 認知症
    Dementia,
    /// 看取り
    Dying,
    /// 救急・夜間・急変
    Emergency,
    /// 体調・医療処置
    Nursing,
    /// 福祉用具・住まい
    Equipment,
    /// こころ・障害
    Disability,
    /// お金・権利擁護
    Rights,
    /// 見守り・地域の気づき
    Watching,
    /// 健診・予防
    Prevention,
    /// 指示書・意見書などの書類
    Paper,
    /// 受け入れ・サービスの手配
    Placement,
    /// 会議・時間
    Meeting,
    /// 職能の理解
    Understanding,
    /// 情報共有・記録・ICT
    Information,
    /// 連絡・相談
    Contact,
}

crate::codes!(Theme {
    Discharge = "discharge",
    Medicine = "medicine",
    Mouth = "mouth",
    Nutrition = "nutrition",
    Movement = "movement",
    Dementia = "dementia",
    Dying = "dying",
    Emergency = "emergency",
    Nursing = "nursing",
    Equipment = "equipment",
    Disability = "disability",
    Rights = "rights",
    Watching = "watching",
    Prevention = "prevention",
    Paper = "paper",
    Placement = "placement",
    Meeting = "meeting",
    Understanding = "understanding",
    Information = "information",
    Contact = "contact",
});

impl Theme {
    /// Whether so much is said about it that it tells little by itself.
    #[must_use]
    pub fn is_wide(self) -> bool {
        matches!(
            self,
            Self::Meeting | Self::Understanding | Self::Information | Self::Contact
        )
    }

    /// The words it is heard in, evened.
    #[must_use]
    #[rustfmt::skip] // A table: rows wrapped by width, not one word to a line.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Discharge => &[
                "退院", "在宅復帰", "入院", "入退院", "転院", "退所", "再入院", "在宅移行", "自宅に戻", "家に戻", "家に帰",
                "自宅へ", "帰宅", "帰って", "帰ってき", "帰る", "帰される", "帰す", "戻れ", "戻って", "戻そう", "戻さ", "在宅側の準備",
                "準備が整", "病状説明", "入院中",
            ],
            Self::Medicine => &[
                "薬", "服薬", "残薬", "飲み忘れ", "飲み残し", "処方", "調剤", "一包化", "疑義照会", "麻薬", "副作用",
                "飲み合わせ", "内服", "錠", "多剤", "点眼", "注射", "飲み方", "飲んで", "ポリファーマシー", "ジェネリック",
            ],
            Self::Mouth => &[
                "口腔", "口の", "口内", "入れ歯", "義歯", "歯みがき", "歯磨", "歯ぐき", "歯茎", "むせ", "嚥下", "飲み込",
                "誤嚥", "噛", "かむ力", "咀嚼", "抜歯", "摂食", "むし歯", "虫歯", "口臭", "舌",
            ],
            Self::Nutrition => &[
                "栄養", "食事", "食形態", "食べ", "献立", "とろみ", "トロミ", "刻み", "きざみ", "ミキサー食", "食欲", "体重", "やせ",
                "痩せ", "水分", "脱水", "減塩", "塩分", "調理", "料理", "食が細", "食の", "経管", "胃ろう", "むせ", "嚥下", "咀嚼",
                "噛",
            ],
            Self::Movement => &[
                "訓練", "運動", "体操", "動作", "歩行", "歩き", "歩く", "筋力", "体力", "転倒", "移乗", "関節",
                "adl", "可動域", "身のこなし", "練習", "機能回復", "自立支援", "拘縮", "負荷",
            ],
            Self::Dementia => &[
                "認知症", "もの忘れ", "物忘れ", "徘徊", "bpsd", "見当識", "認知機能", "初期集中", "オレンジ",
            ],
            Self::Dying => &[
                "看取", "みとり", "看とり", "最期", "終末期", "acp", "人生会議", "延命", "亡くな", "緩和", "がん末期", "末期",
                "死亡診断", "死亡", "心肺停止", "心停止", "心肺蘇生", "蘇生", "dnar", "事前指示", "お別れ", "臨終",
            ],
            Self::Emergency => &[
                "夜間", "夜中", "深夜", "夜勤", "時間外", "休日", "土日", "連休", "緊急", "急変", "救急", "搬送", "24時間",
                "運ばれ", "運んで", "急な発熱", "急に悪", "オンコール", "当番", "119", "蘇生", "心肺停止",
            ],
            Self::Nursing => &[
                "体調", "発熱", "血圧", "褥瘡", "床ずれ", "皮膚", "処置", "点滴", "吸引", "カテーテル", "ストーマ", "医療材料",
                "衛生材料", "酸素", "呼吸器", "バイタル", "浮腫", "むくみ", "排泄", "排便", "入浴", "検査",
            ],
            Self::Equipment => &[
                "福祉用具", "用具", "車いす", "車椅子", "ベッド", "手すり", "住宅改修", "段差", "杖", "歩行器", "スロープ",
                "機種", "レンタル", "貸与", "納品", "搬入", "据え付け", "マットレス", "リフト", "家屋",
            ],
            Self::Disability => &[
                "精神", "こころ", "心の病", "うつ", "障害", "障がい", "発達", "依存症", "引きこもり", "ひきこもり",
                "ヤングケアラー", "難病",
            ],
            Self::Rights => &[
                "金銭", "お金", "通帳", "後見", "財産", "契約", "虐待", "権利", "身寄り", "身元", "保証人", "生活保護",
                "滞納", "支払", "遺言", "相続", "申し立て", "申立", "年金",
            ],
            Self::Watching => &[
                "見守", "気になる家", "気になる人", "気がかり", "孤立", "独居", "一人暮らし", "独り暮らし", "安否",
                "近所", "地域の声", "異変", "通報", "見回り",
            ],
            Self::Prevention => &[
                "健診", "検診", "予防", "保健指導", "フレイル", "教室", "受診勧奨", "健康づくり", "家庭訪問",
            ],
            Self::Paper => &[
                "指示書", "意見書", "書類", "計画書", "診断書", "様式", "書式", "提供書", "同意書", "申請", "認定", "サマリー",
                "紹介状", "添書",
            ],
            Self::Placement => &[
                "受け入れ", "受入", "引き受け", "受けてもら", "断ら", "断る", "断り", "空き", "満床", "枠がな", "手配",
                "派遣", "依頼", "人手が足り", "急な利用", "突然", "急に頼", "直前", "ぎりぎり",
            ],
            Self::Meeting => &[
                "会議", "カンファレンス", "話し合", "集まり", "日程", "欠席", "出席", "参加", "平日", "昼間", "時間が合わ",
                "日が合わ", "都合", "顔合わせ", "同席", "研修", "勉強会", "場がほし", "機会がな", "場がな",
            ],
            Self::Understanding => &[
                "理解", "知られてい", "知ってもら", "役割", "職能", "何をする", "何ができ", "専門性", "仕事", "わかってもら",
                "誤解", "アピール", "顔の見える", "顔が見え", "見学", "取組", "取り組み", "発信", "意見を", "力を借り",
            ],
            Self::Information => &[
                "情報", "ict", "共有", "記録", "ネットワーク", "ツール", "申し送", "連絡帳", "ノート", "手帳", "経過", "報告",
                "引き継", "紹介", "様子", "伝わら", "伝わって", "fax", "聞かされ", "知らされ", "見えない", "見えて",
                "把握", "教えて", "教わ", "フィードバック", "状況",
            ],
            Self::Contact => &[
                "連絡", "相談", "電話", "問い合わせ", "返事", "返答", "返信", "回答", "照会", "声がか", "声をか", "つながら",
                "つかまら", "窓口", "敷居", "頼み", "頼ん", "頼む", "話しづら", "話しにく", "聞きにく", "聞けな", "尋ね", "伝え",
                "知らせ", "依頼", "メール", "たらい回し", "質問", "遠慮", "気軽", "確かめ", "確認", "やり取り", "やりとり",
            ],
        }
    }
}

/// The themes of a text, in the order of the list, each with the first of its words as it stands in `original`.
pub(super) fn of(even: &Normalised, original: &str) -> Vec<(Theme, String)> {
    Theme::ALL
        .iter()
        .filter_map(|theme| {
            let span = first_of(theme.words(), even.as_str())?;
            Some((*theme, original[even.original(span)].to_owned()))
        })
        .collect()
}

/// Where the earliest of `words` stands, the longest of those that begin there.
fn first_of(words: &[&str], text: &str) -> Option<Range<usize>> {
    words
        .iter()
        .filter_map(|word| text.find(word).map(|at| at..at + word.len()))
        .min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_written_as_the_evened_text_writes_it() {
        for theme in Theme::ALL {
            for word in theme.words() {
                assert_eq!(Normalised::new(word).as_str(), *word, "{theme:?}");
            }
        }
    }

    #[test]
    fn a_word_is_named_as_the_text_writes_it() {
        let text = "ＡＣＰの話と、ﾄﾛﾐの加減";
        let found = of(&Normalised::new(text), text);
        assert_eq!(
            found,
            [
                (Theme::Nutrition, "ﾄﾛﾐ".to_owned()),
                (Theme::Dying, "ＡＣＰ".to_owned())
            ]
        );
    }
}
