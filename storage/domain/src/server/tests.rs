//! The picture of a server, asked in tables: who sees, who does not, and why nothing is proven.

use super::{drift::Drift, permission::*, *};

const SERVER: u64 = 1;
const EVERYONE: RoleId = RoleId(SERVER);
const PHARMACISTS: RoleId = RoleId(2);
const OTHERS: RoleId = RoleId(3);
const ADMIN: RoleId = RoleId(4);
const BOT_ROLE: RoleId = RoleId(5);
const CLOCK_ROLE: RoleId = RoleId(6);
const BOT: UserId = UserId(90);
const OWNER: UserId = UserId(91);
const CLOCK: UserId = UserId(92);
const CHANNEL: ChannelId = ChannelId(50);
/// A bit that no library knows yet.
const UNHEARD_OF: u64 = 1 << 60;

fn role(permissions: u64) -> ServerRole {
    ServerRole {
        permissions,
        ..ServerRole::default()
    }
}

fn of_bot(bot: UserId, permissions: u64) -> ServerRole {
    ServerRole {
        managed: true,
        of_bot: Some(bot),
        ..role(permissions)
    }
}

fn row(of: Principal, allow: u64, deny: u64) -> Overwrite {
    Overwrite { of, allow, deny }
}

fn shows(role: RoleId) -> Overwrite {
    row(Principal::Role(role), VIEW_CHANNEL, 0)
}

fn hides(role: RoleId) -> Overwrite {
    row(Principal::Role(role), 0, VIEW_CHANNEL)
}

fn shows_to(user: UserId) -> Overwrite {
    row(Principal::Member(user), VIEW_CHANNEL, 0)
}

fn server(overwrites: Vec<Overwrite>) -> Server {
    let channel = ServerChannel {
        kind: Kind::Text,
        parent: None,
        overwrites,
        tags: Vec::new(),
        requires_tag: false,
    };
    Server {
        id: ServerId(SERVER),
        owner: OWNER,
        bot: BOT,
        bot_roles: BTreeSet::from([BOT_ROLE]),
        roles: BTreeMap::from([
            (EVERYONE, role(VIEW_CHANNEL)),
            (PHARMACISTS, role(0)),
            (OTHERS, role(VIEW_CHANNEL | SEND_MESSAGES)),
            (BOT_ROLE, of_bot(BOT, EMBED_LINKS | UNHEARD_OF)),
        ]),
        channels: BTreeMap::from([(CHANNEL, channel)]),
    }
}

fn hidden_with(more: &[Overwrite]) -> Server {
    let own = row(Principal::Role(BOT_ROLE), VIEW_CHANNEL | SEND_MESSAGES, 0);
    server([&[hides(EVERYONE), shows(PHARMACISTS), own][..], more].concat())
}

/// As proven for pharmacists, where the desk has accepted the owner.
fn drifts(server: &Server) -> Vec<Drift> {
    let accepted = BTreeSet::from([OWNER.0]);
    let declared = BTreeSet::from([PHARMACISTS]);
    let proof = server.prove(CHANNEL, &declared, &accepted);
    proof.err().unwrap_or_default()
}

fn roles(ids: &[RoleId]) -> Drift {
    Drift::Roles(ids.iter().copied().collect())
}

fn members(ids: &[UserId]) -> Drift {
    Drift::Members(ids.iter().copied().collect())
}

fn unaccepted(overseers: &[Overseer]) -> Drift {
    Drift::Unaccepted(overseers.iter().copied().collect())
}

#[test]
fn a_channel_is_proven_only_when_nobody_else_can_see_it() {
    let unhidden = |rows: &[Overwrite]| {
        let mut server = server(rows.to_vec());
        server.roles.insert(EVERYONE, role(0));
        server
    };
    for (server, expected) in [
        (hidden_with(&[]), vec![]),
        (server(Vec::new()), vec![Drift::Everyone]),
        (
            server(vec![shows(EVERYONE), shows(PHARMACISTS)]),
            vec![Drift::Everyone],
        ),
        // Hidden by the server's default only: a role that may view by default still sees it.
        (unhidden(&[shows(PHARMACISTS)]), vec![roles(&[OTHERS])]),
        (hidden_with(&[shows(OTHERS)]), vec![roles(&[OTHERS])]),
        (hidden_with(&[hides(OTHERS)]), vec![]),
        // An allow beats a deny of the same row.
        (
            hidden_with(&[row(Principal::Role(OTHERS), VIEW_CHANNEL, VIEW_CHANNEL)]),
            vec![roles(&[OTHERS])],
        ),
        (hidden_with(&[shows_to(BOT)]), vec![]),
        (
            hidden_with(&[shows_to(UserId(7))]),
            vec![members(&[UserId(7)])],
        ),
        // Even of somebody who sees everything anyway: an owner may hand the server on.
        (hidden_with(&[shows_to(OWNER)]), vec![members(&[OWNER])]),
        (
            hidden_with(&[row(
                Principal::Member(UserId(7)),
                SEND_MESSAGES,
                VIEW_CHANNEL,
            )]),
            vec![],
        ),
        (server(vec![hides(EVERYONE)]), vec![Drift::Nobody]),
    ] {
        assert_eq!(drifts(&server), expected, "{:?}", server.channels[&CHANNEL]);
    }
}

#[test]
fn everything_that_is_wrong_at_once_is_told_at_once() {
    let mut server = hidden_with(&[shows(OTHERS), shows_to(UserId(7)), hides(PHARMACISTS)]);
    server.owner = UserId(8);
    let rows = &mut server
        .channels
        .get_mut(&CHANNEL)
        .expect("it is there")
        .overwrites;
    rows.retain(|row| *row != shows(PHARMACISTS));
    let pharmacists = server.roles.get_mut(&PHARMACISTS).expect("it is there");
    pharmacists.self_assigned = Some(Way::Prompt);
    let expected = vec![
        roles(&[OTHERS]),
        members(&[UserId(7)]),
        unaccepted(&[Overseer::Owner(UserId(8))]),
        Drift::SelfAssigned(BTreeMap::from([(PHARMACISTS, Way::Prompt)])),
        Drift::Nobody,
    ];
    assert_eq!(drifts(&server), expected);
}

#[test]
fn an_unknown_channel_or_a_server_without_everyone_proves_nothing() {
    let server = hidden_with(&[]);
    assert_eq!(
        server.prove(
            ChannelId(51),
            &BTreeSet::from([PHARMACISTS]),
            &BTreeSet::new()
        ),
        Err(vec![Drift::UnknownChannel])
    );
    assert_eq!(server.own_permissions(ChannelId(51)), None);
    let mut broken = server.clone();
    broken.roles.remove(&EVERYONE);
    assert_eq!(drifts(&broken), [Drift::UnknownChannel]);
    // Nobody is declared: a coordinators' role that is not mapped must not prove a desk.
    assert_eq!(
        server.prove(CHANNEL, &BTreeSet::new(), &BTreeSet::from([OWNER.0])),
        Err(vec![roles(&[PHARMACISTS]), Drift::Nobody])
    );
}

#[test]
fn whoever_sees_everything_is_accepted_by_name() {
    let mut server = hidden_with(&[shows(CLOCK_ROLE)]);
    server.roles.insert(ADMIN, role(ADMINISTRATOR));
    server.roles.insert(CLOCK_ROLE, of_bot(CLOCK, 0));
    let prove = |server: &Server, accepted: &[u64]| {
        let accepted = accepted.iter().copied().collect();
        let proof = server.prove(CHANNEL, &BTreeSet::from([PHARMACISTS]), &accepted);
        proof.err().unwrap_or_default()
    };
    let owner = Overseer::Owner(OWNER);
    let admin = Overseer::Administrators(ADMIN);
    let clock = Overseer::Bot(CLOCK, CLOCK_ROLE);
    assert_eq!(prove(&server, &[]), [unaccepted(&[owner, admin, clock])]);
    assert_eq!(prove(&server, &[OWNER.0, CLOCK.0]), [unaccepted(&[admin])]);
    assert_eq!(prove(&server, &[OWNER.0, ADMIN.0, CLOCK.0]), []);
    assert_eq!(prove(&server, &[OWNER.0, ADMIN.0, CLOCK_ROLE.0]), []);
    assert_eq!(server.overseers(), BTreeSet::from([owner, admin]));
    // A bot that administers sees everything, wherever its role stands.
    server
        .roles
        .insert(CLOCK_ROLE, of_bot(CLOCK, ADMINISTRATOR));
    assert_eq!(server.overseers(), BTreeSet::from([owner, admin, clock]));
    // Our own bot needs no acceptance, even where it was given too much.
    server.roles.insert(BOT_ROLE, of_bot(BOT, ADMINISTRATOR));
    assert_eq!(prove(&server, &[OWNER.0, ADMIN.0, CLOCK.0]), []);
    // To accept a role that does not administer opens nothing.
    server.roles.insert(ADMIN, role(VIEW_CHANNEL));
    let rows = &mut server
        .channels
        .get_mut(&CHANNEL)
        .expect("it is there")
        .overwrites;
    rows.push(shows(ADMIN));
    assert_eq!(
        prove(&server, &[OWNER.0, ADMIN.0, CLOCK.0]),
        [roles(&[ADMIN])]
    );
}

#[test]
fn a_role_that_people_can_come_by_themselves_proves_nothing() {
    for way in Way::ALL {
        let open = |id: RoleId, bits: u64| {
            let mut server = hidden_with(&[]);
            let found = server.roles.entry(id).or_default();
            (found.self_assigned, found.permissions) = (Some(*way), bits);
            let accepted = BTreeSet::from([OWNER.0, ADMIN.0]);
            server.prove(CHANNEL, &BTreeSet::from([PHARMACISTS]), &accepted)
        };
        let expected = |id| Err(vec![Drift::SelfAssigned(BTreeMap::from([(id, *way)]))]);
        assert_eq!(open(PHARMACISTS, 0), expected(PHARMACISTS));
        assert_eq!(open(ADMIN, ADMINISTRATOR), expected(ADMIN));
        assert_eq!(open(OTHERS, 0), Ok(()), "it does not see the channel");
    }
}

#[test]
fn a_role_that_people_share_with_the_bot_is_not_the_bots_own() {
    let mut shared = hidden_with(&[shows(OTHERS)]);
    shared.bot_roles.insert(OTHERS);
    assert_eq!(drifts(&shared), [roles(&[OTHERS])]);
}

#[test]
fn a_thread_is_seen_by_whoever_sees_its_channel() {
    let mut server = hidden_with(&[shows(OTHERS)]);
    let thread = ServerChannel {
        kind: Kind::Thread,
        parent: Some(CHANNEL),
        overwrites: Vec::new(),
        tags: Vec::new(),
        requires_tag: false,
    };
    server.channels.insert(ChannelId(51), thread);
    let of = |id| (server.seeing_roles(id), server.own_permissions(id));
    assert_eq!(of(ChannelId(51)), of(CHANNEL));
    assert!(of(CHANNEL).0.expect("known").contains(&OTHERS));
}

#[test]
fn the_bots_own_permissions_follow_discords_order() {
    let may = |server: &Server| server.own_permissions(CHANNEL).expect("known");
    assert_eq!(
        may(&hidden_with(&[])),
        VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | UNHEARD_OF
    );
    assert_eq!(may(&server(vec![hides(EVERYONE)])), 0, "it does not see it");
    // A member's row comes last.
    let denied = row(Principal::Member(BOT), 0, EMBED_LINKS);
    assert_eq!(
        may(&hidden_with(&[denied])),
        VIEW_CHANNEL | SEND_MESSAGES | UNHEARD_OF
    );
    let mut administrator = server(Vec::new());
    administrator.roles.insert(ADMIN, role(ADMINISTRATOR));
    administrator.bot_roles.insert(ADMIN);
    assert_eq!(may(&administrator), u64::MAX);
    // Denies of roles are taken together, and any allow beats them.
    let mut torn = server(vec![
        row(Principal::Role(OTHERS), 0, SEND_MESSAGES),
        row(Principal::Role(BOT_ROLE), SEND_MESSAGES, 0),
    ]);
    torn.bot_roles.insert(OTHERS);
    assert_ne!(may(&torn) & SEND_MESSAGES, 0);
}
