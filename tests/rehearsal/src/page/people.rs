//! `GET /api/people`: the people of the city, by the group they are shown under.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::Page;
use crate::stage::Stage;
use ::tests::city::CityPerson;

#[derive(Serialize)]
pub(super) struct City {
    name: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    name: String,
    people: Vec<Someone>,
}

/// A person as the page shows them.
#[derive(Serialize)]
pub(super) struct Someone {
    id: String,
    name: String,
    /// What they are in the city, such as 三役.
    capacity: String,
}

impl Someone {
    pub(super) fn of(person: &CityPerson) -> Self {
        // The heading says the association already.
        let name = person.name.strip_prefix(&format!("{} ", person.group));
        Self {
            id: person.id.to_string(),
            name: name.unwrap_or(&person.name).to_owned(),
            capacity: Stage::capacity(person).to_owned(),
        }
    }
}

pub(super) async fn list(State(page): State<Page>) -> Json<City> {
    let stage = page.stage();
    let mut groups: Vec<Group> = Vec::new();
    for name in stage.groups() {
        let members = stage
            .city
            .people()
            .iter()
            .filter(|person| person.group == name);
        groups.push(Group {
            people: members.map(Someone::of).collect(),
            name,
        });
    }
    Json(City {
        name: stage.name().to_owned(),
        groups,
    })
}
