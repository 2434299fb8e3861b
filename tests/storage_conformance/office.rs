//! Offices and their set-up: channels, roles, settings, professions, circles.

use crate::town::{SERVER, association, morning, new_office, store_association};
use domain::{
    audience::Destination,
    id::{ChannelId, CircleId, OfficeId, RoleId, ServerId},
    office::{Binding, Capacity, Office, Use},
    profession::ProfessionWords,
    setting::{Key, Language},
};
use std::{collections::BTreeSet, sync::Arc};
use storage::{Conflict, Error, Store, circle, office, profession};

async fn set_up(store: &Store, office: OfficeId) -> Office {
    look!(store, |connection| office::load(connection, office).await).expect("an office")
}

fn names(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

on_both! {
    async fn a_server_is_one_office_however_often_it_appears(town) {
        let again = change!(town.store, |tx| office::ensure(tx, SERVER, morning()).await);
        assert_eq!(again.expect("known"), (town.office, false));
        let other = change!(town.store, |tx| office::ensure(tx, ServerId(u64::MAX), morning()).await);
        let (other, created) = other.expect("made");
        assert!(created && other != town.office);
        let all = look!(town.store, |connection| office::all(connection).await);
        assert_eq!(all, [(town.office, SERVER), (other, ServerId(u64::MAX))]);
    }

    async fn a_new_office_has_the_usual_professions_and_settings(town) {
        let office = set_up(&town.store, town.office).await;
        let professions: Vec<ProfessionWords> = office
            .professions
            .iter()
            .map(|known| ProfessionWords { name: known.name.clone(), aliases: known.aliases.clone() })
            .collect();
        assert_eq!(professions, domain::profession::standard());
        assert!(office.profession_named("ケアマネ").is_some());
        assert_eq!(office.settings, domain::setting::Settings::default());
        assert_eq!(office.server, SERVER);
        assert!(office.associations.is_empty() && office.circles.is_empty());
        assert!(office.channels.is_empty() && office.roles.is_empty());
    }

    async fn an_office_nobody_knows_is_not_there(town) {
        let none = look!(town.store, |connection| office::load(connection, OfficeId(99)).await);
        assert!(none.is_none());
        assert!(town.store.office(ServerId(99)).await.expect("asked").is_none());
        let set = change!(town.store, |tx| {
            office::set_role(tx, OfficeId(99), Capacity::Adviser, None, false).await
        });
        assert!(matches!(set, Err(Error::Conflict(Conflict::Missing))));
    }

    async fn a_channel_has_one_use_and_a_role_one_meaning(town) {
        let id = town.office;
        let mut talk = association("薬剤師会");
        (talk.channel, talk.members) = (Some(ChannelId(11)), Some(RoleId(21)));
        let stored = talk.clone();
        let first = change!(town.store, [stored], |tx| storage::association::put(tx, id, &stored).await);
        let first = first.expect("stored");
        let second = store_association(&town.store, id, "病院連携室").await;
        let both = BTreeSet::from([first, second]);
        let desk = async |channel, fixed| {
            change!(town.store, |tx| {
                office::set_channel(tx, id, Use::Desk, Some(ChannelId(channel)), fixed).await
            })
        };
        let coordinator = async |role, fixed| {
            change!(town.store, |tx| {
                office::set_role(tx, id, Capacity::Coordinator, Some(RoleId(role)), fixed).await
            })
        };
        assert!(matches!(desk(11, false).await, Err(Error::Conflict(Conflict::ChannelTaken))));
        assert!(matches!(coordinator(21, false).await, Err(Error::Conflict(Conflict::RoleTaken))));
        desk(12, false).await.expect("free");
        let circle = async |channel| {
            let both = both.clone();
            change!(town.store, [both], |tx| {
                circle::put(tx, id, ChannelId(channel), &both, false).await
            })
        };
        assert!(matches!(circle(12).await, Err(Error::Conflict(Conflict::ChannelTaken))));
        circle(13).await.expect("free");
        // The talk and the feedback of one association share their channel; another one's may not.
        (talk.id, talk.feedback) = (first, Some(ChannelId(11)));
        let stored = talk.clone();
        let shared = change!(town.store, [stored], |tx| storage::association::put(tx, id, &stored).await);
        shared.expect("shared");
        let mut other = association("病院連携室");
        (other.id, other.feedback) = (second, Some(ChannelId(13)));
        let stored = other.clone();
        let taken = change!(town.store, [stored], |tx| storage::association::put(tx, id, &stored).await);
        assert!(matches!(taken, Err(Error::Conflict(Conflict::ChannelTaken))));

        // What the configuration file sets wins.
        desk(11, true).await.expect("taken");
        coordinator(21, true).await.expect("taken");
        let now = set_up(&town.store, id).await;
        assert_eq!((now.channel(Use::Desk), now.role(Capacity::Coordinator)),
            (Some(ChannelId(11)), Some(RoleId(21))));
        let talk = now.association(first).expect("there");
        assert_eq!((talk.channel, talk.feedback, talk.members), (None, None, None));
        assert_eq!(now.circles.len(), 1);
    }

    async fn channels_and_roles_are_bound_moved_and_unbound(town) {
        let id = town.office;
        let bind = async |channel: Option<u64>, role: Option<u64>| {
            change!(town.store, |tx| {
                office::set_channel(tx, id, Use::Tier3, channel.map(ChannelId), true).await?;
                office::set_role(tx, id, Capacity::Coordinator, role.map(RoleId), false).await
            })
            .expect("bound");
            set_up(&town.store, id).await
        };
        let office = bind(Some(u64::MAX), Some(5)).await;
        assert_eq!(
            office.channels,
            [(Use::Tier3, Binding { to: ChannelId(u64::MAX), fixed: true })]
        );
        assert_eq!(office.roles, [(Capacity::Coordinator, Binding { to: RoleId(5), fixed: false })]);
        let office = bind(Some(7), Some(6)).await;
        assert_eq!(office.channel(Use::Tier3), Some(ChannelId(7)));
        assert_eq!(office.role(Capacity::Coordinator), Some(RoleId(6)));
        let office = bind(None, None).await;
        assert!(office.channels.is_empty() && office.roles.is_empty());
    }

    async fn uses_and_capacities_come_in_the_order_people_meet_them(town) {
        let id = town.office;
        change!(town.store, |tx| {
            for (number, used) in (1..).zip(Use::ALL.iter().rev()) {
                office::set_channel(tx, id, *used, Some(ChannelId(number)), false).await?;
            }
            for (number, capacity) in (1..).zip(Capacity::ALL.iter().rev()) {
                office::set_role(tx, id, *capacity, Some(RoleId(number)), false).await?;
            }
            Ok(())
        })
        .expect("bound");
        let office = set_up(&town.store, id).await;
        assert!(office.channels.iter().map(|(used, _)| used).eq(Use::ALL));
        assert!(office.roles.iter().map(|(capacity, _)| capacity).eq(Capacity::ALL));
    }

    async fn settings_are_kept_and_replaced(town) {
        let id = town.office;
        for (value, fixed, language) in
            [("en", true, Language::En), ("ja", false, Language::Ja)]
        {
            change!(town.store, |tx| {
                office::set_setting(tx, id, Key::Locale, value, fixed).await
            })
            .expect("set");
            let settings = set_up(&town.store, id).await.settings;
            assert_eq!(settings.locale, language);
            assert_eq!(settings.fixed.contains("locale"), fixed);
        }
    }

    async fn what_the_configuration_has_set_can_be_released(town) {
        let id = town.office;
        change!(town.store, |tx| {
            let mut fixed = association("薬剤師会");
            fixed.fixed = true;
            storage::association::put(tx, id, &fixed).await?;
            circle::put(tx, id, ChannelId(1), &BTreeSet::new(), true).await?;
            office::set_channel(tx, id, Use::Desk, Some(ChannelId(2)), true).await?;
            office::set_role(tx, id, Capacity::Adviser, Some(RoleId(3)), true).await?;
            office::set_setting(tx, id, Key::Locale, "en", true).await?;
            office::release_fixed(tx, id).await
        })
        .expect("set and released");
        let office = set_up(&town.store, id).await;
        assert!(!office.associations[0].fixed && !office.circles[0].fixed);
        assert!(!office.channels[0].1.fixed && !office.roles[0].1.fixed);
        assert!(office.settings.fixed.is_empty());
        assert_eq!(office.settings.locale, Language::En);
    }

    async fn releasing_one_office_leaves_the_other_fixed(town) {
        let other = new_office(&town.store, ServerId(12)).await;
        let id = town.office;
        change!(town.store, |tx| {
            office::set_channel(tx, other, Use::Desk, Some(ChannelId(2)), true).await?;
            office::release_fixed(tx, id).await
        })
        .expect("released");
        assert!(set_up(&town.store, other).await.channels[0].1.fixed);
    }

    async fn every_change_of_the_set_up_is_seen_at_the_next_look(town) {
        let store = &town.store;
        let office = async || store.office(SERVER).await.expect("asked").expect("an office");
        let first = office().await;
        assert!(Arc::ptr_eq(&first, &office().await), "an unchanged office is not read again");

        // Another process changes it.
        let other = town.fresh.open().await;
        let id = town.office;
        change!(other, |tx| {
            office::set_channel(tx, id, Use::Desk, Some(ChannelId(2)), false).await
        })
        .expect("bound");
        let second = office().await;
        assert_eq!(second.channel(Use::Desk), Some(ChannelId(2)));
        assert!(second.revision > first.revision);

        store_association(&other, id, "薬剤師会").await;
        assert_eq!(office().await.associations.len(), 1);
        assert!(office().await.revision > second.revision);
    }

    async fn an_office_the_bot_has_left_keeps_everything(town) {
        let id = town.office;
        town.issue().await;
        for at in [Some(morning()), None] {
            change!(town.store, |tx| office::left(tx, id, at).await).expect("noted");
            assert!(town.store.office(SERVER).await.expect("asked").is_some());
        }
        let found = look!(town.store, |connection| {
            storage::issue::find(connection, id, domain::id::IssueId(1)).await
        });
        assert!(found.is_some());
    }

    async fn a_profession_put_again_has_the_new_aliases(town) {
        let id = town.office;
        let put = async |name: &'static str, aliases: &[&str]| {
            let aliases = names(aliases);
            change!(town.store, [aliases], |tx| profession::put(tx, id, name, &aliases).await)
                .expect("put")
        };
        let first = put("ＰＴ（理学療法士）", &["PT", "リハ職"]).await;
        assert_eq!(put("pt(理学療法士)", &["理学療法士さん", "リハ職"]).await, first);
        let office = set_up(&town.store, id).await;
        let stored = office.profession(first).expect("a profession");
        assert_eq!(stored.name, "pt(理学療法士)");
        assert_eq!(stored.aliases, names(&["理学療法士さん", "リハ職"]));
    }

    async fn a_profession_nobody_refers_to_can_be_removed(town) {
        let id = town.office;
        let (spare, used) = change!(town.store, |tx| {
            let spare = profession::put(tx, id, "宮大工", &names(&["大工"])).await?;
            let used = profession::put(tx, id, "鍼灸師", &[]).await?;
            let mut speaking = association("鍼灸師会");
            speaking.professions = vec![used];
            storage::association::put(tx, id, &speaking).await?;
            Ok((spare, used))
        })
        .expect("put");
        change!(town.store, |tx| profession::remove(tx, id, spare).await).expect("removed");
        let again = change!(town.store, |tx| profession::remove(tx, id, spare).await);
        assert!(matches!(again, Err(Error::Conflict(Conflict::Missing))));
        let in_use = change!(town.store, |tx| profession::remove(tx, id, used).await);
        assert!(matches!(in_use, Err(Error::Conflict(Conflict::InUse))), "{in_use:?}");
        let office = set_up(&town.store, id).await;
        assert!(office.profession(spare).is_none() && office.profession(used).is_some());
    }

    async fn a_circle_is_known_by_its_channel(town) {
        let id = town.office;
        let one = store_association(&town.store, id, "薬剤師会").await;
        let two = store_association(&town.store, id, "歯科医師会").await;
        let put = async |channel: u64, members: &[domain::id::AssociationId], fixed: bool| {
            let members: BTreeSet<_> = members.iter().copied().collect();
            change!(town.store, [members], |tx| {
                circle::put(tx, id, ChannelId(channel), &members, fixed).await
            })
            .expect("put")
        };
        assert_eq!(put(7, &[one], true).await, CircleId(1));
        assert_eq!(put(8, &[], false).await, CircleId(2));
        // What was shared with one is not meant for whoever joins; whoever leaves takes nothing along.
        assert_eq!(put(7, &[two, one], true).await, CircleId(3));
        assert_eq!(put(7, &[one, two], false).await, CircleId(3));
        let office = set_up(&town.store, id).await;
        assert_eq!(office.circles.len(), 2);
        assert_eq!(office.circles[1].associations, BTreeSet::from([one, two]));
        assert!(!office.circles[1].fixed);
        assert_eq!(put(7, &[two], false).await, CircleId(3));
        assert_eq!(put(7, &[one], false).await, CircleId(4));
        assert_eq!(office.destination_of(ChannelId(8)), Some(Destination::Tier2(CircleId(2))));

        let remove = async |channel: u64| {
            change!(town.store, |tx| circle::remove(tx, id, ChannelId(channel)).await)
                .expect("asked")
        };
        assert!(remove(8).await);
        assert!(!remove(8).await);
        // A number is never given twice: what was sent to the old circle is not the new one's.
        assert_eq!(put(8, &[], false).await, CircleId(5));
    }

    async fn a_circle_of_an_unknown_association_is_refused(town) {
        let id = town.office;
        let other = new_office(&town.store, ServerId(12)).await;
        let theirs = store_association(&town.store, other, "薬剤師会").await;
        let put = change!(town.store, |tx| {
            circle::put(tx, id, ChannelId(1), &BTreeSet::from([theirs]), false).await
        });
        assert!(matches!(put, Err(Error::Conflict(Conflict::Missing))), "{put:?}");
        assert!(set_up(&town.store, id).await.circles.is_empty());
    }
}
