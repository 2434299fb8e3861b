//! What is said while it is measured: statements as members type them, each with a number of its own
//! by which its answer and its card are found again.

use tests::city::City;

/// Who speaks, and the channel they speak in. Their own channels are text channels: a forum takes a
/// thousand posts at a time and no more.
const SPEAKERS: [(&str, &str); 5] = [
    ("医師会の会長", "一次-医師会"),
    ("薬剤師会の会長", "一次-薬剤師会"),
    ("病院連携室の連携担当", "一次-病院連携室"),
    ("介護支援専門員連絡協議会の会長", "一次-介護支援専門員"),
    ("リハビリテーション療法士会の連携担当", "一次-リハビリ"),
];

/// Matters of one profession, between two, and of the region; short ones and long ones.
const STATEMENTS: [&str; 8] = [
    "会員のあいだで在宅への関わり方に温度差があり、当番の回し方から話し合いたい。",
    "研修の内容が毎年同じで、若い会員が参加しなくなっている。",
    "退院の日が決まってからケアマネジャーに連絡が来るまでに時間がかかり、サービスの調整が間に合わない。",
    "夜間に電話がつながる薬局の一覧が病院の側に届いていない。",
    "主治医への報告書の様式が事業所ごとに違い、読む側が必要な項目を探している。",
    "災害のときに人工呼吸器を使う家の電源をどこが確かめるのか、市全体で決まっていない。",
    "看取りについて市民に話をする場が少なく、家族が慌てて救急車を呼ぶことが多い。",
    "訪問の記録を紙で書いてから入力し直しており、事務の負担が大きい。様式をそろえるところから始め、\
     入力を一度で済ませる方法を同じ仕事の仲間で出し合いたい。",
];

/// Stands before the number in a statement.
const MARK: &str = "整理 ";
/// Letters of a number: digits would look like personal data.
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrstv";
/// Letters in a number.
const LENGTH: usize = 4;

/// One use of `/issue add`.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// Discord's id of the person.
    pub(crate) person: u64,
    /// Discord's id of the channel.
    pub(crate) channel: u64,
    /// The text.
    pub(crate) text: String,
}

/// The statement with this number; the same every time.
pub(crate) fn said(city: &City, number: usize) -> Said {
    let (person, channel) = SPEAKERS[number % SPEAKERS.len()];
    Said {
        person: city.person(person),
        channel: city.channel(channel),
        text: text(number),
    }
}

/// Every text once.
pub(crate) fn texts() -> impl Iterator<Item = String> {
    (0..STATEMENTS.len()).map(text)
}

/// The number of the statement that a text quotes.
pub(crate) fn number_in(text: &str) -> Option<usize> {
    let (_, behind) = text.split_once(MARK)?;
    let letters = behind.as_bytes().get(..LENGTH)?;
    letters.iter().try_fold(0, |number, letter| {
        let digit = LETTERS.iter().position(|known| known == letter)?;
        Some(number * LETTERS.len() + digit)
    })
}

fn text(number: usize) -> String {
    let statement = STATEMENTS[number % STATEMENTS.len()];
    format!("{statement}（{MARK}{}）", written(number))
}

fn written(number: usize) -> String {
    let places = (0..LENGTH).rev();
    places
        .map(|place| {
            let digit = number / LETTERS.len().pow(u32::try_from(place).unwrap_or(0));
            char::from(LETTERS[digit % LETTERS.len()])
        })
        .collect()
}
