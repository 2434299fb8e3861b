//! A small city: 架空市, with the people and channels a liaison office has after its first week.
//!
//! Six associations with officers, contacts and members, two coordinators, an adviser, an observer, a
//! town employee who belongs to none, and every channel: the desk, six tier 1 channels (one of them a
//! forum), two tier 2 circles, a tier 3 forum, progress, notices, and one channel open to all. Every
//! name is invented.

use fake_discord::{Channel, Fake, Overwrite, Role, Tag, permission};
use std::{collections::BTreeMap, fmt::Write as _};

/// The associations: name, professions, tier 1 channel, and whether that is a forum.
pub const ASSOCIATIONS: [(&str, &[&str], &str, bool); 6] = [
    ("医師会", &["医師"], "一次-医師会", false),
    (
        "歯科医師会",
        &["歯科医師", "歯科衛生士"],
        "一次-歯科医師会",
        true,
    ),
    ("薬剤師会", &["薬剤師"], "一次-薬剤師会", false),
    ("病院連携室", &["病院連携室"], "一次-病院連携室", false),
    (
        "介護支援専門員連絡協議会",
        &["介護支援専門員"],
        "一次-介護支援専門員",
        false,
    ),
    (
        "リハビリテーション療法士会",
        &["リハビリ職"],
        "一次-リハビリ",
        false,
    ),
];

/// Feedback channels: association and channel. The others have none yet.
pub const FEEDBACK: [(&str, &str); 3] = [
    ("薬剤師会", "フィードバック-薬剤師会"),
    ("病院連携室", "フィードバック-病院連携室"),
    ("介護支援専門員連絡協議会", "フィードバック-介護支援専門員"),
];

/// Status tags of the forums, as `/issue status` sets them.
const TAGS: [&str; 8] = [
    "受付",
    "整理済",
    "検討中",
    "実施中",
    "反省会待ち",
    "完了",
    "次年度以降",
    "見送り",
];

/// One person of the city.
#[derive(Clone, Debug)]
pub struct CityPerson {
    /// Discord's id.
    pub id: u64,
    /// Names the person in tests, such as 薬剤師会の会長.
    pub key: String,
    /// The name others see.
    pub name: String,
    /// The group the person is shown under: 連携拠点, the association, その他.
    pub group: String,
}

/// The city as it was built.
#[derive(Clone, Debug)]
pub struct City {
    /// Discord's id of the server.
    pub guild: u64,
    /// The owner of the server: a town employee who sees every channel, as owners do.
    pub owner: u64,
    people: Vec<CityPerson>,
    roles: BTreeMap<String, u64>,
    channels: BTreeMap<String, u64>,
    overwrites: BTreeMap<String, Vec<Overwrite>>,
}

/// Who may see a channel: names of roles.
fn hidden(everyone: u64, roles: &[u64], bot_role: u64) -> Vec<Overwrite> {
    let see = permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY;
    let mut rows = vec![
        Overwrite::role(everyone, 0, permission::VIEW_CHANNEL),
        Overwrite::role(bot_role, see | permission::MANAGE_THREADS, 0),
    ];
    rows.extend(roles.iter().map(|role| Overwrite::role(*role, see, 0)));
    rows
}

impl City {
    /// Builds the city in a stand-in and invites the bot.
    #[must_use]
    pub fn build(fake: &Fake) -> Self {
        let guild = fake.guild("架空市在宅医療・介護連携", "架空市役所 管理者");
        let owner = fake.owner(guild);
        let mut city = Self {
            guild,
            owner,
            people: vec![CityPerson {
                id: owner,
                key: "サーバーの管理者".into(),
                name: "架空市役所 管理者".into(),
                group: "その他".into(),
            }],
            roles: BTreeMap::new(),
            channels: BTreeMap::new(),
            overwrites: BTreeMap::new(),
        };
        city.add_roles(fake);
        city.add_people(fake);
        city.add_channels(fake);
        city
    }

    fn add_roles(&mut self, fake: &Fake) {
        let mut names: Vec<String> = ["連携コーディネーター", "アドバイザー", "オブザーバー"]
            .map(str::to_owned)
            .to_vec();
        for (association, ..) in ASSOCIATIONS {
            names.extend(["三役", "連携担当", "会員"].map(|rank| format!("{association} {rank}")));
        }
        for name in names {
            let id = fake.add_role(self.guild, Role::named(&name));
            self.roles.insert(name, id);
        }
    }

    fn add_people(&mut self, fake: &Fake) {
        let mut add = |key: &str, name: &str, group: &str, roles: &[&str]| {
            let roles: Vec<u64> = roles.iter().map(|role| self.roles[*role]).collect();
            let id = fake.add_member(self.guild, name, "ja", &roles);
            let (key, name, group) = (key.to_owned(), name.to_owned(), group.to_owned());
            self.people.push(CityPerson {
                id,
                key,
                name,
                group,
            });
        };
        add(
            "コーディネーター",
            "拠点 佐久間",
            "連携拠点",
            &["連携コーディネーター"],
        );
        add(
            "二人目のコーディネーター",
            "拠点 小田切",
            "連携拠点",
            &["連携コーディネーター"],
        );
        add(
            "アドバイザー",
            "医師会派遣 真壁医師",
            "連携拠点",
            &["アドバイザー"],
        );
        add(
            "オブザーバー",
            "県 長寿社会課 江刺",
            "その他",
            &["オブザーバー"],
        );
        add("所属のない人", "架空市 広報課 野々村", "その他", &[]);
        let names = [
            ("医師会", ["会長 榊原", "連携担当 瀬名", "会員 日向"]),
            ("歯科医師会", ["会長 逢坂", "連携担当 名取", "会員 五代"]),
            ("薬剤師会", ["会長 有働", "連携担当 雲野", "会員 早乙女"]),
            ("病院連携室", ["室長 羽生田", "連携担当 志摩", "職員 久遠"]),
            (
                "介護支援専門員連絡協議会",
                ["会長 三枝", "連携担当 不破", "会員 門脇"],
            ),
            (
                "リハビリテーション療法士会",
                ["会長 朝比奈", "連携担当 鳴海", "会員 四方"],
            ),
        ];
        for (association, people) in names {
            let keys = ["会長", "連携担当", "会員"];
            let ranks = ["三役", "連携担当", "会員"];
            for ((name, key), rank) in people.into_iter().zip(keys).zip(ranks) {
                let role = format!("{association} {rank}");
                let key = format!("{association}の{key}");
                add(
                    &key,
                    &format!("{association} {name}"),
                    association,
                    &[&role],
                );
            }
        }
    }

    fn add_channels(&mut self, fake: &Fake) {
        let bot_role = fake.bot_role(self.guild);
        let everyone = self.guild;
        let role = |name: &str| self.roles[name];
        let coordinator = role("連携コーディネーター");
        let association_roles = |association: &str, ranks: &[&str]| -> Vec<u64> {
            ranks
                .iter()
                .map(|rank| role(&format!("{association} {rank}")))
                .collect()
        };
        let all_of = |associations: &[&str]| -> Vec<u64> {
            let ranks = ["三役", "連携担当", "会員"];
            associations
                .iter()
                .flat_map(|a| association_roles(a, &ranks))
                .collect()
        };
        let all: Vec<&str> = ASSOCIATIONS.iter().map(|(name, ..)| *name).collect();
        let with = |mut roles: Vec<u64>, more: &[u64]| {
            roles.extend(more);
            roles
        };

        let mut rows: Vec<(&str, &str, bool, Option<Vec<u64>>)> = vec![
            ("みんなの広場", "広場", false, None),
            ("連携拠点", "相談窓口", false, Some(vec![coordinator])),
        ];
        for (association, _, channel, forum) in ASSOCIATIONS {
            let talk = association_roles(association, &["三役", "連携担当"]);
            rows.push(("一次連携", channel, forum, Some(with(talk, &[coordinator]))));
        }
        for (association, channel) in FEEDBACK {
            let talk = association_roles(association, &["三役", "連携担当"]);
            let talk = with(talk, &[coordinator]);
            rows.push(("フィードバック", channel, false, Some(talk)));
        }
        let discharge = ["病院連携室", "介護支援専門員連絡協議会"];
        let region = with(
            all_of(&all),
            &[coordinator, role("アドバイザー"), role("オブザーバー")],
        );
        rows.push((
            "二次連携",
            "二次-入退院",
            false,
            Some(with(all_of(&discharge), &[coordinator])),
        ));
        rows.push((
            "二次連携",
            "二次-多職種",
            true,
            Some(with(all_of(&all), &[coordinator])),
        ));
        rows.push(("三次連携", "三次連携", true, Some(region.clone())));
        rows.push(("三次連携", "進捗", false, Some(region.clone())));
        rows.push(("三次連携", "行政通知", false, Some(region)));

        let mut categories: BTreeMap<&str, u64> = BTreeMap::new();
        let mut channels = BTreeMap::new();
        let mut overwrites = BTreeMap::new();
        for (category, name, forum, roles) in rows {
            let category = *categories
                .entry(category)
                .or_insert_with(|| fake.add_channel(everyone, Channel::category(category)));
            let channel = if forum {
                Channel::forum(name).with_tags(TAGS.map(Tag::named))
            } else {
                Channel::text(name)
            };
            let channel = channel.below(category);
            let channel = match roles {
                Some(roles) => {
                    let rows = hidden(everyone, &roles, bot_role);
                    overwrites.insert(name.to_owned(), rows.clone());
                    channel.with_overwrites(rows)
                }
                None => channel,
            };
            channels.insert(name.to_owned(), fake.add_channel(everyone, channel));
        }
        self.channels = channels;
        self.overwrites = overwrites;
    }

    /// Everybody, in the order they are shown.
    #[must_use]
    pub fn people(&self) -> &[CityPerson] {
        &self.people
    }

    /// The id of a person, such as 薬剤師会の会長.
    ///
    /// # Panics
    /// Nobody has this key.
    #[must_use]
    pub fn person(&self, key: &str) -> u64 {
        self.people
            .iter()
            .find(|p| p.key == key)
            .unwrap_or_else(|| panic!("nobody is {key}"))
            .id
    }

    /// The id of a channel, such as 相談窓口.
    ///
    /// # Panics
    /// There is no such channel.
    #[must_use]
    pub fn channel(&self, name: &str) -> u64 {
        *self
            .channels
            .get(name)
            .unwrap_or_else(|| panic!("there is no channel {name}"))
    }

    /// The permission rows a channel was built with, to bring them back.
    ///
    /// # Panics
    /// There is no such hidden channel.
    #[must_use]
    pub fn overwrites(&self, name: &str) -> Vec<Overwrite> {
        self.overwrites
            .get(name)
            .unwrap_or_else(|| panic!("no hidden channel {name}"))
            .clone()
    }

    /// The id of a role, such as `薬剤師会 三役`.
    ///
    /// # Panics
    /// There is no such role.
    #[must_use]
    pub fn role(&self, name: &str) -> u64 {
        *self
            .roles
            .get(name)
            .unwrap_or_else(|| panic!("there is no role {name}"))
    }

    /// The people whose keys these are, or who belong to the groups these are.
    #[must_use]
    pub fn group(&self, group: &str) -> Vec<u64> {
        self.people
            .iter()
            .filter(|p| p.group == group)
            .map(|person| person.id)
            .collect()
    }

    /// The office as the configuration file sets it up: `[[office]]` in TOML.
    #[must_use]
    pub fn configuration(&self) -> String {
        let mut toml = String::new();
        let write = |toml: &mut String, line: String| {
            writeln!(toml, "{line}").expect("writing to a string cannot fail");
        };
        write(
            &mut toml,
            format!(
                "[[office]]\nguild_id = \"{}\"\naccepted = [\"{}\"]",
                self.guild, self.owner
            ),
        );
        for (used, channel) in [
            ("desk", "相談窓口"),
            ("tier3", "三次連携"),
            ("progress", "進捗"),
            ("notice", "行政通知"),
        ] {
            write(
                &mut toml,
                format!("channel.{used} = \"{}\"", self.channel(channel)),
            );
        }
        for (used, role) in [
            ("coordinator", "連携コーディネーター"),
            ("adviser", "アドバイザー"),
            ("observer", "オブザーバー"),
        ] {
            write(&mut toml, format!("role.{used} = \"{}\"", self.role(role)));
        }
        let all: Vec<&str> = ASSOCIATIONS.iter().map(|(name, ..)| *name).collect();
        for (channel, associations) in [
            (
                "二次-入退院",
                vec!["病院連携室", "介護支援専門員連絡協議会"],
            ),
            ("二次-多職種", all),
        ] {
            write(&mut toml, "\n[[office.tier2]]".to_owned());
            write(
                &mut toml,
                format!("channel = \"{}\"", self.channel(channel)),
            );
            write(&mut toml, format!("associations = {associations:?}"));
        }
        for (name, professions, channel, _) in ASSOCIATIONS {
            write(&mut toml, "\n[[office.association]]".to_owned());
            write(
                &mut toml,
                format!("name = {name:?}\nprofessions = {professions:?}"),
            );
            write(
                &mut toml,
                format!("channel = \"{}\"", self.channel(channel)),
            );
            if let Some((_, channel)) = FEEDBACK.iter().find(|(of, _)| *of == name) {
                let channel = self.channel(channel);
                write(&mut toml, format!("feedback = \"{channel}\""));
            }
            for (rank, role) in [
                ("officers", "三役"),
                ("contacts", "連携担当"),
                ("members", "会員"),
            ] {
                let role = self.role(&format!("{name} {role}"));
                write(&mut toml, format!("role.{rank} = \"{role}\""));
            }
        }
        toml
    }
}
