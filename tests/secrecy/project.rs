//! Support projects (支援事業): the desk writes them down, associations bring ideas, tasks are divided,
//! done and shared, and at the end stands a survey.

use crate::{model::project::is_public, number::Noun, step::Life};
use domain::project::State;
use serde_json::json;
use tests::{city::ASSOCIATIONS, dice::Dice};

/// What is to be done: as the manual calls it, and in words of one's own.
const ROLES: [&str; 4] = ["周知", "講師派遣", "当日運営", "その他"];

impl Life<'_> {
    /// `/project add`: by the desk, by whoever speaks for an association, by anybody.
    pub(crate) async fn bring(&mut self, dice: &mut Dice) {
        let who = self.somebody(dice, 45);
        let own = self.spoken_for(who);
        let named = dice.pick(&own).filter(|_| dice.chance(70));
        let with = match named {
            Some(own) if dice.chance(30) => format!("{own}、{}", self.associations(dice)),
            Some(own) => own,
            None if dice.chance(if self.sure { 60 } else { 25 }) => "地域全体".to_owned(),
            None => self.associations(dice),
        };
        let mut options = json!({
            "title": format!("{}の出前講座", self.mark(dice, who)), "associations": with,
        });
        if dice.chance(60) {
            options["date"] = json!(format!("12/{}", 1 + dice.below(28)));
        }
        if self.sure || dice.chance(60) {
            options["budget"] = json!(format!("15万円 {}", self.mark(dice, who)));
        }
        if dice.chance(50) {
            options["fund"] = json!(self.mark(dice, who));
        }
        if dice.chance(60) {
            options["issues"] = json!(self.number(dice).to_string());
        }
        let outcome = self.command(who, "project add", options).await;
        if let Some(message) = outcome.message().cloned() {
            self.judge().await;
            self.press_named(dice, who, &message, "project-suggested")
                .await;
        }
    }

    /// `/project task`: something is divided, given to somebody, said to be done; then whoever has it
    /// says so, and a stranger tries.
    pub(crate) async fn divide(&mut self, dice: &mut Dice) {
        let number = self.recorded(dice, Noun::Project);
        let who = self.somebody(dice, 75);
        let role = dice.pick(&ROLES).expect("there are some");
        let mut options = json!({
            "number": number.to_string(), "role": format!("{role}：{}", self.mark(dice, who)),
        });
        let name = dice.pick(&ASSOCIATIONS).expect("there are some").0;
        if dice.chance(75) {
            let holder = match dice.below(4) {
                0 => format!("<@{}>", self.anybody(dice)),
                1 => self.mark(dice, who),
                _ => name.to_owned(),
            };
            options["who"] = json!(holder);
        }
        if dice.chance(60) {
            options["due"] = json!(format!("12/{}", 1 + dice.below(28)));
        }
        self.command(who, "project task", options).await;
        self.judge().await;
        let project = self.records.project(number);
        let tasks = project.map(|project| project.tasks.clone());
        let Some(task) = dice.pick(&tasks.unwrap_or_default()) else {
            return;
        };
        let holders: Vec<u64> = self.model().sees_to(&task.holder).into_iter().collect();
        let stranger = self.anybody(dice);
        for who in [Some(stranger), dice.pick(&holders)].into_iter().flatten() {
            self.actor = Some(who);
            self.forge_press(who, &format!("v1:project-done:{}", task.id), &[])
                .await;
            self.judge().await;
        }
    }

    /// The desk takes an idea up or declines it; and whoever tries.
    pub(crate) async fn answer_idea(&mut self, dice: &mut Dice) {
        let ideas = self.records.projects.iter();
        let ideas = ideas.filter(|project| project.state == State::Idea && !project.retracted);
        let ideas: Vec<i64> = ideas.map(|project| project.id.0).collect();
        let Some(number) = dice.pick(&ideas) else {
            return self.bring_idea(dice).await;
        };
        let who = self.somebody(dice, 75);
        self.actor = Some(who);
        if dice.chance(65) {
            self.forge_press(who, &format!("v1:project-take-up:{number}"), &[])
                .await;
        } else {
            self.send_form(
                dice,
                who,
                &format!("v1:project-declined:{number}"),
                &["reason"],
            )
            .await;
        }
    }

    /// Somebody who speaks for an association brings an idea of its own.
    async fn bring_idea(&mut self, dice: &mut Dice) {
        let people = self.everybody();
        let staff = self.model().coordinators();
        let leads: Vec<u64> = people
            .into_iter()
            .filter(|who| !staff.contains(who) && !self.spoken_for(*who).is_empty())
            .collect();
        let Some(who) = dice.pick(&leads) else { return };
        let own = dice
            .pick(&self.spoken_for(who))
            .expect("they speak for one");
        let other = self.associations(dice);
        let options = json!({
            "title": format!("{}の企画", self.mark(dice, who)),
            "associations": format!("{own}、{other}"),
            "budget": format!("3万円 {}", self.mark(dice, who)),
        });
        self.command(who, "project add", options).await;
    }

    /// `/project done` with a survey, or giving one up.
    pub(crate) async fn finish(&mut self, dice: &mut Dice) {
        let open = self.records.projects.iter();
        let open = open.filter(|project| project.is_open());
        let open: Vec<_> = open
            .map(|project| (project.id.0, is_public(project)))
            .collect();
        let public: Vec<_> = open.iter().filter(|(_, public)| *public).copied().collect();
        let open = dice.pick(&public).or_else(|| dice.pick(&open));
        let number = match open
            .map(|(id, _)| id)
            .filter(|_| self.sure || dice.chance(80))
        {
            Some(open) => open,
            None => self.recorded(dice, Noun::Project),
        };
        let who = self.somebody(dice, 75);
        if !self.sure && dice.chance(15) {
            let options = json!({"number": number.to_string(), "reason": self.mark(dice, who)});
            self.command(who, "project drop", options).await;
            return;
        }
        let (asked, ticked) = (self.mark(dice, who), self.mark(dice, who));
        let (free, note) = (self.mark(dice, who), self.mark(dice, who));
        let options = json!({
            "number": number.to_string(), "note": note,
            "survey": format!("{asked}は役に立ちましたか/{ticked}ほど 12/・{free}をまた聞きたい"),
        });
        self.command(who, "project done", options).await;
        self.judge().await;
        let finished = self.records.project(number);
        let finished = finished.is_some_and(|project| project.survey.is_some());
        self.tally.surveyed += usize::from(finished);
        // What people wrote in their own words is for fewer than the project.
        for who in self.some(dice) {
            let options = json!({"number": number.to_string()});
            self.look_at(who, "project show", options).await;
        }
        self.judge().await;
    }

    /// The associations somebody speaks for as an officer or a contact.
    fn spoken_for(&self, who: u64) -> Vec<String> {
        let names = ASSOCIATIONS.map(|row| row.0.to_owned());
        let model = self.model();
        let own = |name: &String| model.ranks(name, &crate::office::RANKS[..2]).contains(&who);
        names.into_iter().filter(own).collect()
    }
}
