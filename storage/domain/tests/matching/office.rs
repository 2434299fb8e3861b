//! An office with one association per profession of the standard vocabulary.

use domain::{
    id::{AssociationId, IssueId, OfficeId, ProfessionId, ServerId},
    issue::Concern,
    matching::{Need, Statement},
    office::{Association, Derived, Office, Profession, Talk},
    profession::standard,
    setting::Settings,
};

pub(crate) fn office() -> Office {
    let professions: Vec<Profession> = (1..)
        .zip(standard())
        .map(|(id, words)| Profession {
            id: ProfessionId(id),
            name: words.name,
            aliases: words.aliases,
        })
        .collect();
    let associations = professions
        .iter()
        .map(|profession| Association {
            id: AssociationId(profession.id.0),
            name: format!("{}の会", profession.name),
            professions: vec![profession.id],
            scopes: Vec::new(),
            channel: None,
            feedback: None,
            officers: None,
            contacts: None,
            members: None,
            talk: Talk::Officers,
            fixed: false,
        })
        .collect();
    Office {
        id: OfficeId(1),
        server: ServerId(1),
        revision: 1,
        settings: Settings::default(),
        professions,
        associations,
        categories: Vec::new(),
        circles: Vec::new(),
        channels: Vec::new(),
        roles: Vec::new(),
        stopped: Vec::new(),
        accepted: Vec::new(),
        derived: Derived::default(),
    }
}

/// What somebody of a profession said, made ready.
pub(crate) fn need(office: &Office, issue: i64, speaker: &str, about: &[&str], text: &str) -> Need {
    let id = |name: &str| {
        office
            .profession_named(name)
            .unwrap_or_else(|| panic!("no profession {name}"))
            .id
    };
    let about: Vec<Concern> = about
        .iter()
        .map(|name| Concern::Profession(id(name)))
        .collect();
    let said = Statement {
        issue: IssueId(issue),
        text,
        profession: None,
        association: Some(AssociationId(id(speaker).0)),
        about: &about,
    };
    Need::of(&said, office).expect("somebody said it")
}
