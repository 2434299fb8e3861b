//! What is said: by whom, where from, with which options.

/// One statement.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Who uses the command: a key of the city, such as 薬剤師会の会長.
    pub person: &'static str,
    /// The words, as the manual has them.
    pub words: &'static str,
    /// Where in the manual they stand.
    pub source: &'static str,
    /// Further options of `/issue add`, by canonical name.
    pub options: &'static [(&'static str, &'static str)],
    /// Words of the statement that nobody at all may get back: invented personal data.
    pub secret: Option<&'static str>,
}

impl Statement {
    const fn plain(person: &'static str, words: &'static str, source: &'static str) -> Self {
        Self {
            person,
            words,
            source,
            options: &[],
            secret: None,
        }
    }

    const fn with(mut self, options: &'static [(&'static str, &'static str)]) -> Self {
        self.options = options;
        self
    }
}

/// The statements in the order they are said: from every association, at the desk, openly in a
/// gathering, and one that must not be kept.
pub const STATEMENTS: &[Statement] = &[
    Statement::plain(
        "薬剤師会の会長",
        "薬局によって在宅医療への姿勢がバラバラだ",
        "第3章",
    ),
    Statement::plain(
        "リハビリテーション療法士会の連携担当",
        "業務に関する知識量や経験が人によってまちまちである",
        "第3章 ①職種内の課題",
    ),
    Statement::plain(
        "病院連携室の連携担当",
        "ケアマネジャーに在宅復帰を拒否されてしまう",
        "第2章(2) 二次連携",
    ),
    Statement::plain(
        "介護支援専門員連絡協議会の会員",
        "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする",
        "第2章(2) 二次連携",
    ),
    Statement::plain(
        "歯科医師会の会員",
        "職能が他職種に理解されていない",
        "第3章 ②職種間の課題",
    ),
    Statement::plain(
        "薬剤師会の会員",
        "ICTでもっといろいろな情報が見れたらいい。",
        "第2章(1) 例①",
    )
    .with(&[("note", "ICT運営協議会")]),
    Statement::plain(
        "コーディネーター",
        "職種内では、地域の総意を形成できていない",
        "第3章 ①職種内の課題",
    )
    .with(&[
        ("profession", "医師会"),
        ("speaker", "医師会 理事 架空"),
        ("origin", "desk"),
    ]),
    Statement::plain(
        "コーディネーター",
        "サービス担当者会議に参加したい。",
        "第2章(1) 例①",
    )
    .with(&[
        ("profession", "薬剤師会"),
        ("about", "病院連携室、介護支援専門員"),
        ("note", "病院、ケアマネジャー"),
        ("origin", "open"),
    ]),
    Statement::plain(
        "二人目のコーディネーター",
        "地域における各医療機関の役割分担について",
        "第3章 ③地域全体の課題",
    )
    .with(&[("origin", "open")]),
    Statement::plain(
        "医師会の会長",
        "ICTによるネットワークシステムをどのように運営すべきか",
        "第3章 ③地域全体の課題",
    ),
    Statement {
        person: "介護支援専門員連絡協議会の連携担当",
        words: "見本太郎さん（82歳）の退院の連絡が来なかった。ご家族は０９０－００００－１１２２",
        source: "架空の個人情報。記録してはいけないもの",
        options: &[],
        secret: Some("見本太郎"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use ::tests::city::ASSOCIATIONS;
    use std::collections::BTreeSet;

    #[test]
    fn every_association_is_heard_and_no_statement_comes_twice() {
        for (association, ..) in ASSOCIATIONS {
            let heard = STATEMENTS.iter().any(|statement| {
                statement.person.starts_with(association)
                    || statement.options.contains(&("profession", association))
            });
            assert!(heard, "{association}");
        }
        let words: BTreeSet<&str> = STATEMENTS.iter().map(|statement| statement.words).collect();
        assert_eq!(words.len(), STATEMENTS.len());
    }
}
