//! Strictness of the configuration, by tables.

use super::*;
use domain::{
    id::{ChannelId, RoleId, ServerId},
    office::{Capacity, Talk, Use},
};
use rstest::rstest;
use secrecy::ExposeSecret;

/// The documented configuration of the project.
const EXAMPLE: &str = include_str!("../../../config.example.toml");

fn environment(variables: &[(&str, &str)]) -> Environment {
    variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn with_token() -> Environment {
    environment(&[("DISCORD_TOKEN", "abc.def")])
}

fn parsed(text: &str) -> Result<Config, Fault> {
    Config::parse(text, Path::new("config.toml"), &with_token())
}

fn fault(text: &str) -> Fault {
    parsed(text).expect_err("a fault")
}

#[test]
fn nothing_but_a_token_is_enough() {
    let config = parsed("").expect("a configuration");
    assert_eq!(config.discord.token.expose_secret(), "abc.def");
    assert_eq!(config.storage.url.expose_secret(), "sqlite://renkei.db");
    assert_eq!(config.http.listen, Some(DEFAULT_LISTEN));
    assert_eq!(config.defaults, Defaults::default());
    assert_eq!(
        config.log,
        Log {
            format: LogFormat::Json,
            level: LogLevel::Info
        }
    );
    assert!(config.discord.localise_names && config.offices.is_empty());
}

#[test]
fn the_example_is_read_and_shows_the_defaults() {
    let config = parsed(EXAMPLE).expect("the example");
    let plain = parsed("").expect("a configuration");
    assert_eq!(config.defaults, plain.defaults);
    assert_eq!(config.http, plain.http);
    assert_eq!(config.log, plain.log);
    assert_eq!(config.discord.localise_names, plain.discord.localise_names);
    assert_eq!(
        config.discord.requests_per_second,
        plain.discord.requests_per_second
    );
    assert_eq!(
        config.storage.connections_max,
        plain.storage.connections_max
    );
    assert_eq!(
        config.storage.url.expose_secret(),
        plain.storage.url.expose_secret()
    );

    let [office] = &config.offices[..] else {
        panic!("one office")
    };
    assert_eq!(office.server, ServerId(100_000_000_000_000_001));
    assert_eq!(office.channels.len(), Use::ALL.len());
    assert_eq!(office.roles.len(), Capacity::ALL.len());
    let [pharmacists, hospital] = &office.associations[..] else {
        panic!("two associations")
    };
    assert_eq!(pharmacists.talk, Talk::Officers);
    assert_eq!(hospital.channel, None);
    assert_eq!(office.circles[0].associations, ["薬剤師会", "病院連携室"]);
}

/// The keys a table knows, as serde tells them when it is given one that cannot be.
fn keys_of<T: serde::de::DeserializeOwned>() -> Vec<String> {
    let message = match toml::from_str::<T>("no_such_key = 1") {
        Ok(_) => panic!("the table refuses unknown keys"),
        Err(error) => error.message().to_owned(),
    };
    fault::unknown_field(&message).expect("serde's sentence").1
}

#[test]
fn every_key_is_documented_in_the_example() {
    let documented = |key: &str| {
        EXAMPLE.lines().any(|line| {
            let line = line.trim_start_matches("# ");
            line.split_once(" = ")
                .is_some_and(|(found, _)| found == key)
        })
    };
    for (prefix, keys) in [
        ("", keys_of::<file::DiscordTable>()),
        ("", keys_of::<file::StorageTable>()),
        ("", keys_of::<DefaultsTable>()),
        ("", keys_of::<file::HttpTable>()),
        ("", keys_of::<file::LogTable>()),
        ("channel.", keys_of::<office::ChannelFile>()),
        ("role.", keys_of::<office::RoleFile>()),
        ("role.", keys_of::<office::RankFile>()),
        ("", keys_of::<office::CircleFile>()),
    ] {
        assert!(!keys.is_empty());
        for key in keys {
            assert!(documented(&format!("{prefix}{key}")), "{prefix}{key}");
        }
    }
    let tables = ["channel", "role", "tier2", "association"];
    let office = keys_of::<office::OfficeFile>().into_iter();
    for key in office.chain(keys_of::<office::AssociationFile>()) {
        assert!(tables.contains(&key.as_str()) || documented(&key), "{key}");
    }
    for section in keys_of::<File>() {
        let written = [format!("[{section}]"), format!("[[{section}]]")];
        assert!(
            EXAMPLE
                .lines()
                .any(|line| written.iter().any(|w| w == line)),
            "{section}"
        );
    }
}

#[rstest]
#[case::a_misspelt_key(
    "[http]\nlistn = 1",
    Some(2),
    "http.listn",
    "listen と書いて",
    "write listen"
)]
#[case::a_misspelt_section("\n[htpp]", Some(2), "htpp", "http と書いて", "write http")]
#[case::an_unknown_key(
    "[log]\ncolour = 1",
    Some(2),
    "log.colour",
    "format, level",
    "keys: format, level"
)]
#[case::half_a_line("[log\n", Some(1), "", "読み取れません", "cannot be read")]
#[case::a_key_twice(
    "[log]\nlevel = 'warn'\nlevel = 'info'",
    Some(3),
    "",
    "読み取れません",
    "duplicate key"
)]
#[case::a_bad_level(
    "[log]\n\nlevel = 'loud'",
    Some(3),
    "log.level",
    "error, warn, info",
    "one of error"
)]
#[case::a_list_for_a_value(
    "[log]\nlevel = ['info']",
    Some(2),
    "log.level",
    "読み取れません",
    "one value"
)]
#[case::a_bad_time_zone(
    "[defaults]\ntime_zone = 'Tokio'",
    Some(2),
    "defaults.time_zone",
    "Asia/Tokyo",
    "IANA"
)]
#[case::a_bad_month(
    "[office]\nfiscal_year_start = 13",
    Some(2),
    "office.fiscal_year_start",
    "1 から 12",
    "from 1 to 12"
)]
#[case::a_bad_language(
    "[office]\nlocale = 'fr'",
    Some(2),
    "office.locale",
    "ja, en",
    "one of ja, en"
)]
#[case::a_port_alone(
    "[http]\nlisten = 9464",
    Some(2),
    "http.listen",
    "127.0.0.1:9464",
    "IP:PORT"
)]
#[case::another_database(
    "[storage]\nurl = 'mysql://x'",
    Some(2),
    "storage.url",
    "postgres://",
    "postgres://"
)]
#[case::too_many_connections(
    "[storage]\nconnections_max = 0",
    Some(2),
    "storage.connections_max",
    "1 から 100",
    "1 to 100"
)]
#[case::no_requests_at_all(
    "[discord]\nrequests_per_second = 0",
    Some(2),
    "discord.requests_per_second",
    "1 から 1000",
    "1 to 1000"
)]
#[case::an_address_with_scheme(
    "[discord]\naddress = 'https://127.0.0.1:1'",
    Some(2),
    "discord.address",
    "付けません",
    "without https://"
)]
#[case::an_address_without_certificate(
    "[discord]\naddress = '127.0.0.1:8443'",
    None,
    "discord.ca_file",
    "ca_file",
    "ca_file"
)]
#[case::a_certificate_without_address(
    "[discord]\nca_file = 'a.pem'",
    None,
    "discord.ca_file",
    "address",
    "address"
)]
#[case::one_bracket(
    "[office]\nguild_id = '100000000000000001'",
    Some(2),
    "office.guild_id",
    "[[office]]",
    "[[office]]"
)]
#[case::both_spellings("[office]\n[defaults]", None, "office", "どちらか一つ", "keep one")]
#[case::no_server(
    "[[office]]\naccepted = []",
    Some(1),
    "office[0]",
    "guild_id がありません",
    "guild_id is missing"
)]
#[case::a_bad_id(
    "[[office]]\nguild_id = '12'",
    Some(2),
    "office[0].guild_id",
    "IDをコピー",
    "Copy ID"
)]
#[case::a_misspelt_channel(
    "[[office]]\nguild_id = '100000000000000001'\nchannel.dask = '100000000000000002'",
    Some(3),
    "office[0].channel.dask",
    "desk と書いて",
    "write desk"
)]
fn a_fault_says_where_it_is_and_what_to_write_instead(
    #[case] text: &str,
    #[case] line: Option<usize>,
    #[case] key: &str,
    #[case] ja: &str,
    #[case] en: &str,
) {
    let fault = fault(text);
    assert_eq!(fault.key, key, "{fault}");
    assert!(fault.message.ja.contains(ja), "{fault}");
    assert!(fault.message.en.contains(en), "{fault}");
    match &fault.place {
        Place::File(file, found) => {
            assert_eq!(file, Path::new("config.toml"));
            assert_eq!(*found, line, "{fault}");
        }
        place => assert!(line.is_none(), "{place:?}"),
    }
}

/// A table of one office with more lines.
fn office(more: &str) -> String {
    format!("# one\n[[office]]\nguild_id = 100000000000000001\n{more}")
}

#[rstest]
#[case::an_association_twice(
    "[[office.association]]\nname='薬剤師会'\n[[office.association]]\nname=' 薬剤師会 '",
    "office.association.name",
    "二度あります"
)]
#[case::a_circle_of_nobody_known(
    "[[office.tier2]]\nchannel=100000000000000002\nassociations=['医師会']",
    "office.tier2.associations",
    "医師会"
)]
#[case::a_channel_with_two_uses(
    "channel.desk=100000000000000002\nchannel.tier3='100000000000000002'",
    "office.channel.tier3",
    "別の用途"
)]
#[case::a_channel_of_two_associations(
    "[[office.association]]\nname='a'\nchannel=100000000000000002\n[[office.association]]\nname='b'\nfeedback=100000000000000002",
    "office.association.feedback",
    "別の用途"
)]
#[case::a_server_twice(
    "[[office]]\nguild_id='100000000000000001'",
    "office.guild_id",
    "二度あります"
)]
fn an_office_that_does_not_fit_together_is_refused(
    #[case] more: &str,
    #[case] key: &str,
    #[case] ja: &str,
) {
    let fault = fault(&office(more));
    assert_eq!(fault.key, key, "{fault}");
    assert!(fault.message.ja.contains(ja), "{fault}");
    assert!(
        matches!(fault.place, Place::File(_, Some(line)) if line >= 2),
        "{fault}"
    );
}

#[test]
fn ids_are_text_or_numbers_and_feedback_may_stay_in_the_associations_channel() {
    let more = "channel.desk = '100000000000000002'\nrole.coordinator = 100000000000000003\n\
        [[office.association]]\nname = 'a'\nchannel = 100000000000000004\n\
        feedback = '100000000000000004'\ncircle = 'members'";
    let config = parsed(&office(more)).expect("an office");
    let table = &config.offices[0];
    assert_eq!(
        table.channels[&Use::Desk],
        ChannelId(100_000_000_000_000_002)
    );
    assert_eq!(
        table.roles[&Capacity::Coordinator],
        RoleId(100_000_000_000_000_003)
    );
    assert_eq!(
        table.associations[0].feedback,
        table.associations[0].channel
    );
    assert_eq!(table.associations[0].talk, Talk::Members);
}

#[test]
fn the_defaults_have_two_spellings() {
    let keys = "time_zone = 'Europe/Berlin'\nlocale = 'en'\nfiscal_year_start = 1\n";
    let office = "[[office]]\nguild_id = '100000000000000001'\n";
    let plain = parsed(&format!("[office]\n{keys}")).expect("[office]");
    let beside = parsed(&format!("[defaults]\n{keys}{office}")).expect("[defaults]");
    assert_eq!(plain.defaults, beside.defaults);
    assert_eq!(plain.defaults.fiscal_year_start, 1);
    assert_eq!(beside.offices.len(), 1);
}

#[test]
fn the_environment_wins_over_the_file() {
    let text =
        "[discord]\ntoken = 'of.file'\n[http]\nlisten = '127.0.0.1:1'\n[log]\nlevel = 'warn'";
    let over = environment(&[
        ("DISCORD_TOKEN", "Bot of.environment"),
        ("RENKEI_HTTP_LISTEN", ""),
        ("RENKEI_LOG_LEVEL", ""),
        ("RENKEI_STORAGE_URL", "postgres://renkei:secret@db/renkei"),
        ("RENKEI_OFFICE_TIME_ZONE", "Asia/Seoul"),
        ("RENKEI_TEST_POSTGRES", "postgres://elsewhere"),
    ]);
    let config = Config::parse(text, Path::new("c.toml"), &over).expect("a configuration");
    assert_eq!(config.discord.token.expose_secret(), "of.environment");
    assert_eq!(config.http.listen, None, "empty switches it off");
    assert_eq!(config.log.level, LogLevel::Warn, "empty says nothing");
    assert_eq!(config.defaults.time_zone, Tz::Asia__Seoul);
    assert!(
        !format!("{config:?} {over:?}").contains("secret"),
        "secrets are never shown"
    );
}

#[rstest]
#[case::unknown("RENKEI_HTTP_LISTN", "127.0.0.1:1", "listen")]
#[case::bad("RENKEI_LOG_FORMAT", "xml", "json, text")]
fn a_variable_that_cannot_be_used_is_named(
    #[case] name: &str,
    #[case] value: &str,
    #[case] says: &str,
) {
    let over = environment(&[("DISCORD_TOKEN", "a"), (name, value)]);
    let fault = Config::parse("", Path::new("c.toml"), &over).expect_err("a fault");
    assert_eq!(fault.place, Place::Variable(name.to_owned()));
    assert!(fault.message.ja.contains(says), "{fault}");
}

#[test]
fn a_token_is_needed_and_never_quoted() {
    let nothing = Environment::default();
    let missing = Config::parse("", Path::new("c.toml"), &nothing).expect_err("no token");
    assert!(missing.to_string().contains("DISCORD_TOKEN"), "{missing}");
    let text = "[discord]\ntoken = 'my secret'";
    let bad = Config::parse(text, Path::new("c.toml"), &nothing).expect_err("a bad token");
    assert!(!bad.to_string().contains("secret"), "{bad}");
    let both = "[discord]\ntoken = 'a'\ntoken_file = 'b'";
    let both = Config::parse(both, Path::new("c.toml"), &nothing).expect_err("both");
    assert_eq!(both.key, "discord.token");
}

#[test]
fn a_file_that_is_named_must_be_there_and_a_token_file_is_found_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("renkei.toml");
    let missing = Config::load(Some(&path), &with_token()).expect_err("no file");
    assert!(matches!(missing.place, Place::File(_, None)), "{missing}");

    std::fs::write(&path, "[discord]\ntoken_file = 'token'").expect("written");
    let nothing = Environment::default();
    let missing = Config::load(Some(&path), &nothing).expect_err("no token file");
    assert_eq!(
        missing.place,
        Place::File(folder.path().join("token"), None)
    );
    std::fs::write(folder.path().join("token"), "abc.def\n").expect("written");
    let config = Config::load(Some(&path), &nothing).expect("a configuration");
    assert_eq!(config.discord.token.expose_secret(), "abc.def");

    let long = "#".repeat(usize::try_from(FILE_BYTES_MAX).expect("fits") + 1);
    std::fs::write(&path, long).expect("written");
    assert!(
        Config::load(Some(&path), &with_token()).is_err(),
        "too large"
    );
}

#[test]
fn a_fault_reads_in_both_languages() {
    assert_eq!(
        fault("[http]\nlistn = ''").to_string(),
        "config.toml の 2 行目: http.listn: listn というキーはありません。listen と書いてください。\n\
         (config.toml, line 2: http.listn: there is no key listn; write listen)"
    );
}
