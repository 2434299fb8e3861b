//! Which audience is offered for what was said in confidence (seed 000, chapters 2 to 4).

use crate::town::{
    CARE_MANAGERS, CLOSE, DENTISTS, HOSPITAL, NOBODYS, PHARMACISTS, WIDE, all_of, issue, office,
};
use domain::{
    audience::Destination,
    disclosure::{Audience, offered_audience},
    id::{AssociationId, ProfessionId},
    issue::{Concern, Issue},
    tier::Tier,
};

struct Case {
    what: &'static str,
    tier: Tier,
    raised_by: Option<AssociationId>,
    about: Vec<Concern>,
    mentioned: Vec<ProfessionId>,
    expected: Option<Audience>,
}

fn case(what: &'static str, tier: Tier, expected: Option<Audience>) -> Case {
    Case {
        what,
        tier,
        raised_by: Some(HOSPITAL),
        about: Vec::new(),
        mentioned: Vec::new(),
        expected,
    }
}

fn speaking_for(association: AssociationId) -> ProfessionId {
    ProfessionId(association.0)
}

fn cases() -> Vec<Case> {
    let one = Tier::One;
    let two = Tier::Two;
    vec![
        Case {
            mentioned: vec![speaking_for(CARE_MANAGERS)],
            ..case("退院の連絡が遅い、とケアマネについて", two, Some(CLOSE))
        },
        Case {
            raised_by: Some(PHARMACISTS),
            about: vec![Concern::Association(HOSPITAL)],
            ..case("薬剤師会から病院連携室について", two, Some(WIDE))
        },
        Case {
            mentioned: vec![speaking_for(DENTISTS)],
            ..case("歯科はどの場にもいない", two, None)
        },
        Case {
            mentioned: vec![NOBODYS],
            ..case("団体のない職種", two, None)
        },
        Case {
            raised_by: None,
            mentioned: vec![speaking_for(CARE_MANAGERS), speaking_for(HOSPITAL)],
            ..case("誰から出たか不明、二者の間のこと", two, Some(CLOSE))
        },
        Case {
            raised_by: None,
            mentioned: vec![speaking_for(CARE_MANAGERS)],
            ..case("誰から出たか不明、相手だけ分かる", two, None)
        },
        case("救急や看取りの体制", Tier::Three, Some(Audience::Region)),
        Case {
            raised_by: None,
            mentioned: vec![NOBODYS],
            ..case(
                "誰から出たか不明、地域のこと",
                Tier::Three,
                Some(Audience::Region),
            )
        },
        Case {
            about: vec![Concern::Association(PHARMACISTS)],
            ..case(
                "職種Bに課題がある、と職種Aから",
                one,
                Some(all_of(PHARMACISTS)),
            )
        },
        Case {
            mentioned: vec![speaking_for(PHARMACISTS)],
            ..case(
                "薬局によってまちまち、と病院から",
                one,
                Some(all_of(PHARMACISTS)),
            )
        },
        Case {
            raised_by: None,
            mentioned: vec![speaking_for(DENTISTS)],
            ..case("歯科の中のこと、と窓口へ", one, Some(all_of(DENTISTS)))
        },
        case("自分たちの中のこと", one, None),
        Case {
            mentioned: vec![speaking_for(HOSPITAL), speaking_for(PHARMACISTS)],
            ..case("自分たちのこと、相手の名も出る", one, None)
        },
        Case {
            about: vec![
                Concern::Association(PHARMACISTS),
                Concern::Profession(speaking_for(DENTISTS)),
            ],
            ..case("二つの団体の中のこと", one, None)
        },
        Case {
            mentioned: vec![NOBODYS],
            ..case("団体のない職種の中のこと", one, None)
        },
    ]
}

#[test]
fn the_audience_that_can_solve_it_is_offered_and_none_is_guessed() {
    for case in cases() {
        let said = Issue {
            tier: case.tier,
            association: case.raised_by,
            profession: None,
            about: case.about,
            ..issue()
        };
        let mentioned = case.mentioned.into_iter().collect();
        let found = offered_audience(&said, &mentioned, &office());
        assert_eq!(found, case.expected, "{}", case.what);
    }
}

#[test]
fn nothing_is_offered_where_the_original_stands() {
    let open = Issue {
        tier: Tier::Three,
        destination: Destination::Tier3,
        ..issue()
    };
    assert_eq!(
        offered_audience(&open, &Default::default(), &office()),
        None
    );
}

#[test]
fn without_a_channel_the_region_is_still_offered_for_it_can_be_read_otherwise() {
    let mut office = office();
    office.channels.clear();
    let said = Issue {
        tier: Tier::Three,
        ..issue()
    };
    let found = offered_audience(&said, &Default::default(), &office);
    assert_eq!(found, Some(Audience::Region));
}
