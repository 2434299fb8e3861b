//! The audience proof against permission code that was written apart from it: the stand-in's.
//!
//! Thousands of servers are drawn by chance. Where the proof holds, nobody outside the audience may
//! see the channel, whatever roles they hold; where it does not, each reason has a witness.

mod draw;

use domain::{
    id::{RoleId, UserId},
    server::{Overseer, Principal, Server, drift::Drift},
};
use draw::{BOT, CHANNEL, Chance, Drawn, OWNER, SERVER, THREAD};
use fake_discord::permission as discord;
use std::collections::{BTreeMap, BTreeSet};

const SERVERS: usize = 10_000;
/// An ordinary member without a row of their own.
const SOMEBODY: UserId = UserId(800);

/// What a member may do in the channel, as the stand-in computes it.
fn bits(server: &Server, user: UserId, roles: &BTreeSet<RoleId>) -> u64 {
    let of = |role: &RoleId| server.roles[role].permissions;
    let rows: Vec<discord::Overwrite> = server.channels[&CHANNEL]
        .overwrites
        .iter()
        .map(|row| match row.of {
            Principal::Role(role) => discord::Overwrite::role(role.0, row.allow, row.deny),
            Principal::Member(user) => discord::Overwrite::member(user.0, row.allow, row.deny),
        })
        .collect();
    let base = discord::base(
        user == server.owner,
        of(&RoleId(SERVER)),
        roles.iter().map(of),
    );
    let ids: Vec<u64> = roles.iter().map(|role| role.0).collect();
    discord::overwritten(base, SERVER, user.0, &ids, &rows)
}

fn sees(server: &Server, user: UserId, roles: &BTreeSet<RoleId>) -> bool {
    discord::implied(bits(server, user, roles), false) & discord::VIEW_CHANNEL != 0
}

/// Every set of these roles.
fn sets(roles: &[RoleId]) -> impl Iterator<Item = BTreeSet<RoleId>> {
    (0..1_u32 << roles.len()).map(|set| {
        let chosen = roles.iter().enumerate();
        chosen
            .filter(|(place, _)| set >> place & 1 == 1)
            .map(|(_, role)| *role)
            .collect()
    })
}

/// Nobody outside the audience sees the channel, and somebody inside does.
fn holds(drawn: &Drawn) {
    let server = &drawn.server;
    let within = |role: &RoleId| {
        let administers = server.roles[role].administers();
        drawn.declared.contains(role) || (administers && drawn.accepted.contains(&role.0))
    };
    let outside: Vec<RoleId> = drawn
        .held
        .iter()
        .copied()
        .filter(|role| !within(role))
        .collect();
    let rows = server.channels[&CHANNEL].overwrites.iter();
    let named = rows.filter_map(|row| match row.of {
        Principal::Member(user) if user != BOT && user != OWNER => Some(user),
        _ => None,
    });
    for user in named.chain([SOMEBODY]) {
        for roles in sets(&outside) {
            assert!(
                !sees(server, user, &roles),
                "{user} with {roles:?} sees it: {server:#?}"
            );
        }
    }
    let open = |role: &RoleId| server.roles[role].self_assigned.is_some();
    let taken = drawn.held.iter().copied().filter(open).collect();
    assert!(
        !sees(server, SOMEBODY, &taken),
        "taken by themselves: {server:#?}"
    );
    assert!(
        drawn.accepted.contains(&OWNER.0),
        "the owner sees everything"
    );
    for (bot, role) in &drawn.bots {
        let known = drawn.accepted.contains(&bot.0);
        assert!(
            known || !sees(server, *bot, &[*role].into()),
            "a bot: {server:#?}"
        );
    }
    let reader = |role: &RoleId| sees(server, SOMEBODY, &[*role].into());
    assert!(
        drawn.declared.iter().any(reader),
        "a proof about nobody: {server:#?}"
    );
}

/// Each reason has its witness.
fn is_witnessed(drawn: &Drawn, drift: &Drift) {
    let server = &drawn.server;
    let alone = |role: RoleId| BTreeSet::from([role]);
    let witnessed = match drift {
        Drift::Everyone => sees(server, SOMEBODY, &BTreeSet::new()),
        Drift::Roles(roles) => roles
            .iter()
            .all(|role| !drawn.declared.contains(role) && sees(server, SOMEBODY, &alone(*role))),
        Drift::Members(members) => members
            .iter()
            .all(|member| sees(server, *member, &BTreeSet::new())),
        Drift::Unaccepted(overseers) => overseers.iter().all(|overseer| {
            !drawn.accepted.contains(&overseer.id())
                && match *overseer {
                    Overseer::Owner(user) => sees(server, user, &BTreeSet::new()),
                    Overseer::Administrators(role) => sees(server, SOMEBODY, &alone(role)),
                    Overseer::Bot(user, role) => sees(server, user, &alone(role)),
                }
        }),
        Drift::SelfAssigned(roles) => roles.keys().all(|role| {
            let found = &server.roles[role];
            found.self_assigned.is_some()
                && (drawn.declared.contains(role) || sees(server, SOMEBODY, &alone(*role)))
        }),
        Drift::Nobody => {
            let declared: Vec<RoleId> = drawn.declared.iter().copied().collect();
            let everybody = sees(server, SOMEBODY, &BTreeSet::new());
            sets(&declared).all(|roles| everybody || !sees(server, SOMEBODY, &roles))
        }
        Drift::Unbound | Drift::UnknownChannel => false,
    };
    assert!(witnessed, "{drift:?} has no witness: {server:#?}");
}

/// Both ways of computing agree, bit by bit.
fn agrees(drawn: &Drawn) {
    let server = &drawn.server;
    let people = [SOMEBODY, OWNER, UserId(700), BOT];
    for roles in sets(&drawn.held) {
        for user in people {
            let theirs = bits(server, user, &roles);
            let theirs = if theirs & discord::VIEW_CHANNEL == 0 {
                0
            } else {
                theirs
            };
            for place in [CHANNEL, THREAD] {
                let ours = server
                    .permissions(place, user, &roles)
                    .expect("a known channel");
                assert_eq!(
                    ours & discord::ALL,
                    theirs & discord::ALL,
                    "{user}: {server:#?}"
                );
            }
        }
    }
}

#[test]
fn the_proof_and_discords_own_order_agree_on_ten_thousand_servers() {
    let mut chance = Chance(20_261_120);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..SERVERS {
        let drawn = draw::server(&mut chance);
        agrees(&drawn);
        match drawn
            .server
            .prove(CHANNEL, &drawn.declared, &drawn.accepted)
        {
            Ok(()) => {
                holds(&drawn);
                *counts.entry("proven").or_default() += 1;
            }
            Err(drifts) => {
                assert!(!drifts.is_empty(), "a refusal says why");
                for drift in &drifts {
                    is_witnessed(&drawn, drift);
                    *counts.entry(drift.code()).or_default() += 1;
                }
            }
        }
    }
    for (what, least) in [
        ("proven", 2_000),
        ("drift-everyone", 300),
        ("drift-roles", 1_000),
        ("drift-members", 300),
        ("drift-unaccepted", 1_000),
        ("drift-self-assigned", 300),
        ("drift-nobody", 300),
    ] {
        let count = counts.get(what).copied().unwrap_or_default();
        assert!(count >= least, "{what}: {counts:?}");
    }
}
