//! What the rule says of single pairs, and what it never does with many.

use std::collections::BTreeMap;

use domain::{
    id::{AssociationId, IssueId},
    matching::{
        Example, Need, PAIRS_MAX, PER_ISSUE_MAX, PassedOver, Reason, SHOWN_FROM, Theme, compare,
        fingerprint, pairs, partners, propose,
    },
};
use rstest::rstest;

use crate::office::{need, office};

const HOSPITAL: &str = "ケアマネジャーに在宅復帰を拒否されてしまう";
const CARE_MANAGER: &str = "病院は、在宅側の準備が整ってなくても、すぐに退院させようとする";

fn manual() -> (Need, Need) {
    let office = office();
    (
        need(&office, 1, "病院連携室", &[], HOSPITAL),
        need(&office, 2, "介護支援専門員", &[], CARE_MANAGER),
    )
}

#[test]
fn the_case_of_the_manual_is_found_and_says_why() {
    let (hospital, care_manager) = manual();
    let pair = compare(&hospital, &care_manager).expect("they meet");
    assert_eq!(compare(&care_manager, &hospital), Some(pair.clone()));
    assert_eq!((pair.first, pair.second), (IssueId(1), IssueId(2)));
    assert!(pair.score >= SHOWN_FROM && pair.mutual, "{pair:?}");
    let [
        Reason::Mutual(there, back),
        Reason::Theme(Theme::Discharge, ours, theirs),
        Reason::Friction(no, push),
    ] = &pair.reasons[..]
    else {
        panic!("{pair:?}");
    };
    assert_eq!(there.word.as_deref(), Some("ケアマネジャー"));
    assert_eq!(back.word.as_deref(), Some("病院"));
    assert_eq!(
        (ours.as_str(), theirs.as_str()),
        ("在宅復帰", "在宅側の準備")
    );
    assert_eq!((no.as_str(), push.as_str()), ("拒否", "すぐに"));
}

#[rstest]
#[case::one_association("薬剤師", "医師に返事をもらえない", "薬剤師", "医師に返事をもらえない")]
#[case::neither_names_the_other("薬剤師", "薬が余って困る", "介護職", "飲み残しが多くて困る")]
#[case::each_names_a_third("薬剤師", "先生から返事がない", "介護職", "看護師さんに聞けない")]
fn needs_that_do_not_meet_are_no_pair(
    #[case] one: &str,
    #[case] said: &str,
    #[case] other: &str,
    #[case] answered: &str,
) {
    let office = office();
    let one = need(&office, 1, one, &[], said);
    let other = need(&office, 2, other, &[], answered);
    assert_eq!(compare(&one, &other), None);
}

#[test]
fn a_pair_where_only_one_speaks_of_the_other_counts_for_less() {
    let office = office();
    let asks = need(
        &office,
        1,
        "病院連携室",
        &[],
        "ケアマネさんに退院の連絡をしても返事がない",
    );
    let answers = need(
        &office,
        2,
        "介護支援専門員",
        &[],
        "病院から退院の連絡が来るのが遅い",
    );
    let alone = need(
        &office,
        3,
        "介護支援専門員",
        &[],
        "退院の連絡が来るのが遅い",
    );
    let mutual = compare(&asks, &answers).expect("they meet");
    let one_sided = compare(&asks, &alone).expect("one speaks of the other");
    assert!(
        mutual.score > one_sided.score + 20,
        "{mutual:?} {one_sided:?}"
    );
    assert!(!one_sided.mutual);
    assert!(matches!(
        &one_sided.reasons[0],
        Reason::OneSided(IssueId(1), _)
    ));
}

#[test]
fn whom_the_record_names_counts_as_if_the_text_did() {
    let office = office();
    let asks = need(
        &office,
        1,
        "病院連携室",
        &["訪問看護師"],
        "退院の日が決まっても返事が来ない",
    );
    let answers = need(
        &office,
        2,
        "訪問看護師",
        &[],
        "病院から突然、帰ると言われる",
    );
    assert!(compare(&asks, &answers).expect("they meet").mutual);
}

#[rstest]
// Example 1 of the manual: an exchange between those who deal with each other.
#[case(("病院連携室", HOSPITAL), ("介護支援専門員", CARE_MANAGER), Example::Exchange)]
// Example 2: care managers and pharmacists learn together.
#[case(
    ("介護支援専門員", "薬のことを薬剤師さんに教わりたい"),
    ("薬剤師", "ケアマネさんに飲み残しの見つけ方を伝える研修をしたい"),
    Example::Training
)]
#[case(
    ("薬剤師", "飲み残しがあってもヘルパーさんから聞けない"),
    ("介護職", "残った薬のことを薬局に言いにくい"),
    Example::Training
)]
// Example 3: each shows what it does.
#[case(
    ("リハビリ職", "薬剤師さんに自分たちの取組を知ってほしい"),
    ("薬剤師", "リハ職の取組を見学したい"),
    Example::Visit
)]
fn what_is_proposed_follows_the_examples_of_the_manual(
    #[case] one: (&str, &str),
    #[case] other: (&str, &str),
    #[case] expected: Example,
) {
    let office = office();
    let (first, second) = (
        need(&office, 1, one.0, &[], one.1),
        need(&office, 2, other.0, &[], other.1),
    );
    let pair = compare(&first, &second).expect("they meet");
    let proposal = propose(&pair, one.1, other.1);
    assert_eq!(proposal.example, expected, "{proposal:?}");
    assert!(
        !proposal.words.is_empty() || proposal.theme.is_some(),
        "it says why"
    );
}

#[test]
fn a_pair_that_was_passed_over_leaves_its_place_to_others() {
    let (hospital, care_manager) = manual();
    let needs = [hospital.clone(), care_manager];
    let passed = PassedOver::from([(IssueId(1), IssueId(2))]);
    assert_eq!(pairs(&needs, None, &PassedOver::new()).len(), 1);
    assert_eq!(pairs(&needs, None, &passed), []);
    assert_eq!(partners(&hospital, &needs, &PassedOver::new()).len(), 1);
    assert_eq!(partners(&hospital, &needs, &passed), []);
}

#[test]
fn asked_for_one_association_only_its_pairs_come_out() {
    let (hospital, care_manager) = manual();
    let of = |need: &Need| need.association;
    let (ours, theirs) = (of(&hospital), of(&care_manager));
    let needs = [hospital, care_manager];
    for association in [ours, theirs] {
        assert_eq!(pairs(&needs, association, &PassedOver::new()).len(), 1);
    }
    assert_eq!(
        pairs(&needs, Some(AssociationId(4)), &PassedOver::new()),
        []
    );
}

#[test]
fn a_crowd_of_the_same_complaint_stays_within_its_limits_whatever_the_order() {
    let office = office();
    let mut needs: Vec<Need> = (1..=1_000)
        .map(|number| match number % 2 {
            0 => need(&office, number, "病院連携室", &[], HOSPITAL),
            _ => need(&office, number, "介護支援専門員", &[], CARE_MANAGER),
        })
        .collect();
    let found = pairs(&needs, None, &PassedOver::new());
    assert!(!found.is_empty() && found.len() <= PAIRS_MAX);
    let mut times: BTreeMap<IssueId, usize> = BTreeMap::new();
    for pair in &found {
        assert!(pair.first < pair.second);
        for issue in [pair.first, pair.second] {
            *times.entry(issue).or_default() += 1;
        }
    }
    assert!(
        times.values().all(|times| *times <= PER_ISSUE_MAX),
        "{times:?}"
    );
    needs.reverse();
    assert_eq!(pairs(&needs, None, &PassedOver::new()), found);
}

#[test]
fn a_fingerprint_changes_with_the_words_and_not_with_their_looks() {
    let of = fingerprint;
    assert_eq!(of("ケアマネに、連絡したい。"), of("ｹｱﾏﾈに 連絡したい"));
    assert_ne!(of("ケアマネに連絡したい"), of("ケアマネに相談したい"));
    // Kept in databases: it must stay what it is in every version.
    assert_eq!(of("退院"), 2_700_145_376_849_728_089);
}
