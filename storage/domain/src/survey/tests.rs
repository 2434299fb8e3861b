//! Surveys: what is read of what people count and paste.

use super::*;
use proptest::prelude::*;

fn read(written: &str) -> String {
    match Survey::read(written) {
        Ok(survey) => survey
            .questions
            .iter()
            .map(|question| {
                let answers = question.answers.iter();
                let answers: Vec<String> = answers
                    .map(|answer| format!("{}={}", answer.wording, answer.count))
                    .collect();
                format!(
                    "{}({})[{}]",
                    question.wording,
                    answers.join(","),
                    question.opinions.join("/")
                )
            })
            .collect::<Vec<_>>()
            .join(" "),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn a_survey_is_read_as_people_count_it() {
    for (written, expected) in [
        ("満足度\n満足 12\nふつう 3", "満足度(満足=12,ふつう=3)[]"),
        (
            "満足度\n満足　１２名\nふつう：３人",
            "満足度(満足=12,ふつう=3)[]",
        ),
        ("満足度\n満足 1,200票", "満足度(満足=1200)[]"),
        (
            "満足度\n満足 12\n次回も参加したいですか\nはい 10",
            "満足度(満足=12)[] 次回も参加したいですか(はい=10)[]",
        ),
        (
            "感想\nまた開いてほしい\n・時間が短かった",
            "感想()[また開いてほしい/時間が短かった]",
        ),
        (
            "満足度\n満足 12\n・声がよく聞こえた\n\n感想\n- 勉強になった",
            "満足度(満足=12)[声がよく聞こえた] 感想()[勉強になった]",
        ),
        ("\n\n満足度\n\n満足 0\n", "満足度(満足=0)[]"),
        (
            "Q1 職種\n薬剤師 5\n看護師 2",
            "Q1 職種(薬剤師=5,看護師=2)[]",
        ),
    ] {
        assert_eq!(read(written), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_read_names_its_line() {
    let long = "あ".repeat(WORDING_UNITS_MAX + 1);
    let many = format!("問\n{}", "はい 1\n".repeat(ANSWERS_MAX + 1));
    for (written, expected) in [
        ("", Fault::Empty),
        ("  \n\n", Fault::Empty),
        ("満足 12", Fault::NoQuestion(1)),
        ("・よかった", Fault::NoQuestion(1)),
        ("満足度\n満足 100000", Fault::TooHigh(2)),
        ("満足度\n満足 99999999999999", Fault::TooHigh(2)),
        (long.as_str(), Fault::LineTooLong(1)),
        (many.as_str(), Fault::TooMany(ANSWERS_MAX + 2)),
        ("長".repeat(UNITS_MAX + 1).as_str(), Fault::TooLong),
    ] {
        assert_eq!(Survey::read(written), Err(expected), "{expected:?}");
    }
}

#[test]
fn a_question_knows_how_many_answered() {
    let survey = Survey::read("満足度\n満足 12\nふつう 3").expect("a question");
    assert_eq!(survey.questions[0].total(), 15);
}

proptest! {
    #[test]
    fn what_was_read_is_read_back(
        answers in prop::collection::vec(("[あ-ん]{1,8}", 0..=COUNT_MAX), 1..5),
        opinions in prop::collection::vec("[あ-ん]{1,20}", 0..4),
    ) {
        let survey = Survey {
            questions: vec![
                Question {
                    wording: "いかがでしたか".to_owned(),
                    answers: answers
                        .into_iter()
                        .map(|(wording, count)| Counted { wording, count })
                        .collect(),
                    opinions,
                },
                Question { wording: "ご感想".to_owned(), ..Question::default() },
            ],
        };
        prop_assert_eq!(Survey::read(&survey.written()), Ok(survey));
    }

    #[test]
    fn nothing_that_is_pasted_breaks_the_reading(written in "(?s).{0,200}") {
        if let Ok(survey) = Survey::read(&written) {
            prop_assert!(!survey.questions.is_empty());
        }
    }
}
