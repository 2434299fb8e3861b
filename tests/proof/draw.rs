//! Servers drawn by chance from a seed: roles with any bits, administrators, bots, roles that people
//! come by themselves, channels with any rows.

use domain::{
    id::{ChannelId, RoleId, ServerId, UserId},
    server::{
        Kind, Overwrite, Principal, Server, ServerChannel, ServerRole, Way,
        permission::{ADMINISTRATOR, SEND_MESSAGES, VIEW_CHANNEL},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// The id of the server, and of @everyone.
pub(crate) const SERVER: u64 = 1;
/// The channel in question.
pub(crate) const CHANNEL: ChannelId = ChannelId(500);
/// A thread in it.
pub(crate) const THREAD: ChannelId = ChannelId(501);
/// The category above it, whose rows mean nothing for it.
const CATEGORY: ChannelId = ChannelId(502);
const OWN_ROLE: RoleId = RoleId(20);
pub(crate) const BOT: UserId = UserId(90);
pub(crate) const OWNER: UserId = UserId(91);
/// Most roles that people can hold; every set of them is tried.
const ROLES_MAX: u64 = 6;
/// Bits that nobody has given out yet, and some that everybody knows.
const OTHER_BITS: [u64; 4] = [SEND_MESSAGES, 1 << 28, 1 << 51, 1 << 60];

/// A seeded source of numbers (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// So many times in a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn bits(&mut self, views: u64) -> u64 {
        let mut bits = if self.percent(views) { VIEW_CHANNEL } else { 0 };
        for bit in OTHER_BITS {
            bits |= if self.percent(30) { bit } else { 0 };
        }
        bits
    }
}

/// What was drawn.
pub(crate) struct Drawn {
    pub(crate) server: Server,
    pub(crate) declared: BTreeSet<RoleId>,
    pub(crate) accepted: BTreeSet<u64>,
    /// Roles that a person can be given or can take: all but those of bots and @everyone.
    pub(crate) held: Vec<RoleId>,
    /// Other bots with their own role.
    pub(crate) bots: Vec<(UserId, RoleId)>,
}

/// A server whose channel somebody has tried to close, with more or less luck.
pub(crate) fn server(chance: &mut Chance) -> Drawn {
    let mut roles = BTreeMap::new();
    let everyone = ServerRole {
        permissions: chance.bits(70),
        ..ServerRole::default()
    };
    roles.insert(RoleId(SERVER), everyone);
    let own = ServerRole {
        permissions: chance.bits(50),
        managed: true,
        of_bot: Some(BOT),
        ..ServerRole::default()
    };
    roles.insert(OWN_ROLE, own);
    let held: Vec<RoleId> = (0..1 + chance.below(ROLES_MAX))
        .map(|n| RoleId(30 + n))
        .collect();
    for id in &held {
        roles.insert(*id, role(chance));
    }
    let bots: Vec<(UserId, RoleId)> = (0..chance.below(3))
        .map(|n| (UserId(95 + n), RoleId(60 + n)))
        .collect();
    for (bot, id) in &bots {
        let mut found = role(chance);
        (found.self_assigned, found.managed, found.of_bot) = (None, true, Some(*bot));
        roles.insert(*id, found);
    }
    let declared: BTreeSet<RoleId> = held
        .iter()
        .copied()
        .filter(|_| chance.percent(45))
        .collect();
    let overwrites = rows(chance, &declared, &held, &bots);
    let mut server = Server {
        id: ServerId(SERVER),
        owner: OWNER,
        bot: BOT,
        bot_roles: BTreeSet::from([OWN_ROLE]),
        roles,
        channels: channels(chance, overwrites),
    };
    if chance.percent(5) {
        server.bot_roles.extend(held.first());
    }
    // The desk accepts most of what there is, and now and then somebody who means nothing.
    let mut accepted: BTreeSet<u64> = server
        .overseers_of(CHANNEL)
        .into_iter()
        .filter(|_| chance.percent(88))
        .map(domain::server::Overseer::id)
        .collect();
    if chance.percent(20) {
        accepted.insert(held[0].0);
    }
    Drawn {
        server,
        declared,
        accepted,
        held,
        bots,
    }
}

fn role(chance: &mut Chance) -> ServerRole {
    let mut permissions = chance.bits(20);
    if chance.percent(6) {
        permissions |= ADMINISTRATOR;
    }
    let ways = Way::ALL.len() as u64;
    let way = chance.percent(4).then(|| chance.below(ways));
    ServerRole {
        permissions,
        self_assigned: way.map(|way| Way::ALL[usize::try_from(way).expect("few")]),
        ..ServerRole::default()
    }
}

fn rows(
    chance: &mut Chance,
    declared: &BTreeSet<RoleId>,
    held: &[RoleId],
    bots: &[(UserId, RoleId)],
) -> Vec<Overwrite> {
    let row = |of, allow, deny| Overwrite { of, allow, deny };
    let mut rows = Vec::new();
    if chance.percent(92) {
        rows.push(row(
            Principal::Role(RoleId(SERVER)),
            0,
            VIEW_CHANNEL | chance.bits(0),
        ));
    } else if chance.percent(30) {
        rows.push(row(Principal::Role(RoleId(SERVER)), VIEW_CHANNEL, 0));
    }
    for role in held.iter().chain(bots.iter().map(|(_, role)| role)) {
        let shown = if declared.contains(role) { 85 } else { 7 };
        if chance.percent(shown) {
            rows.push(row(
                Principal::Role(*role),
                VIEW_CHANNEL | chance.bits(0),
                chance.bits(8),
            ));
        } else if chance.percent(25) {
            rows.push(row(Principal::Role(*role), chance.bits(0), chance.bits(60)));
        }
    }
    if chance.percent(60) {
        rows.push(row(Principal::Member(BOT), VIEW_CHANNEL | SEND_MESSAGES, 0));
    }
    for member in [OWNER, UserId(700), UserId(701)] {
        if chance.percent(4) {
            rows.push(row(
                Principal::Member(member),
                chance.bits(50),
                chance.bits(50),
            ));
        }
    }
    // Discord promises no order of rows.
    for at in (1..rows.len()).rev() {
        let other = usize::try_from(chance.below(at as u64 + 1)).expect("few rows");
        rows.swap(at, other);
    }
    rows
}

fn channels(chance: &mut Chance, overwrites: Vec<Overwrite>) -> BTreeMap<ChannelId, ServerChannel> {
    let channel = |kind, parent, overwrites| ServerChannel {
        kind,
        parent,
        overwrites,
        tags: Vec::new(),
        requires_tag: false,
    };
    let everybody = Overwrite {
        of: Principal::Role(RoleId(SERVER)),
        allow: VIEW_CHANNEL,
        deny: 0,
    };
    let above = if chance.percent(50) {
        vec![everybody]
    } else {
        Vec::new()
    };
    BTreeMap::from([
        (CHANNEL, channel(Kind::Text, Some(CATEGORY), overwrites)),
        (THREAD, channel(Kind::Thread, Some(CHANNEL), Vec::new())),
        (CATEGORY, channel(Kind::Other, None, above)),
    ])
}
