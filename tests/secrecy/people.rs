//! What administrators of the server do: roles of people, permissions of channels.

use crate::{
    office::{COORDINATOR, DESK},
    step::Life,
};
use fake_discord::{Overwrite, permission};
use tests::dice::Dice;

impl Life<'_> {
    /// Somebody is given a role, or loses one; the desk keeps its first coordinator.
    pub(crate) fn change_people(&mut self, dice: &mut Dice) {
        let keeps = self.world.city.person("コーディネーター");
        let who = self.anybody(dice);
        if who == keeps || self.plan.accepted.contains(&who) {
            return;
        }
        let mut roles = self.plan.roles[&who].clone();
        let all = self.plan.known_roles(self.world);
        let coordinator = self.world.city.role(COORDINATOR);
        let chosen = dice
            .pick(&all)
            .filter(|role| *role != coordinator || dice.chance(30));
        if dice.chance(50) {
            roles.extend(chosen);
        } else {
            let held: Vec<u64> = roles.iter().copied().collect();
            if let Some(role) = dice.pick(&held) {
                roles.remove(&role);
            }
        }
        let line = format!("{} now holds {} roles", self.name(who), roles.len());
        self.trail.note(self.step, &line);
        self.by_hand(|life| {
            let ids: Vec<u64> = roles.iter().copied().collect();
            life.plan.roles.insert(who, roles);
            let guild = life.world.city.guild;
            life.world.fake.set_roles(guild, who, &ids);
        });
    }

    /// A channel is opened to a role, to everybody or to one person; or one is closed again.
    pub(crate) fn drift(&mut self, dice: &mut Dice) {
        if let Some(room) = dice.pick(&self.drifted).filter(|_| dice.chance(70)) {
            self.mend(&room);
            return;
        }
        let rooms: Vec<String> = self.plan.rooms.keys().cloned().collect();
        // The desk is where most is sent.
        let desk = Some(DESK.to_owned()).filter(|_| self.sure && dice.chance(60));
        let room = desk.unwrap_or_else(|| dice.pick(&rooms).expect("some"));
        let id = self.plan.rooms[&room];
        let mut rows = self.plan.overwrites(self.world, &room);
        let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
        let row = match if self.sure { 0 } else { dice.below(3) } {
            0 => Overwrite::role(self.world.city.guild, see, 0),
            1 => Overwrite::member(self.anybody(dice), see, 0),
            _ => {
                let roles = self.plan.known_roles(self.world);
                Overwrite::role(dice.pick(&roles).expect("some"), see, 0)
            }
        };
        rows.retain(|known| known.principal != row.principal);
        let line = format!("{room} is opened: {row:?}");
        self.trail.note(self.step, &line);
        rows.push(row);
        self.tally.drifts += 1;
        self.by_hand(|life| {
            if !life.drifted.contains(&room) {
                life.drifted.push(room);
            }
            life.world.fake.set_overwrites(id, rows);
        });
    }

    /// Every channel gets the permissions its use declares.
    pub(crate) fn mend_all(&mut self) {
        for room in self.drifted.clone() {
            self.mend(&room);
        }
    }

    /// A channel gets the permissions its use declares.
    pub(crate) fn mend(&mut self, room: &str) {
        let rows = self.plan.overwrites(self.world, room);
        let id = self.plan.rooms[room];
        self.trail.note(self.step, &format!("{room} is mended"));
        self.by_hand(|life| {
            life.world.fake.set_overwrites(id, rows);
            life.drifted.retain(|drifted| drifted != room);
        });
    }
}
