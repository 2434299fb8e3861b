//! What the program says before it runs: its check, faults of the configuration, its version.

use super::{
    TEXT,
    program::{Process, output},
};
use fake_discord::{Overwrite, permission};
use tests::{
    database::Database,
    world::{World, world_without_bot},
};

#[tokio::test]
async fn the_check_says_what_is_well_and_what_to_mend() {
    world_without_bot(Database::Sqlite, async |world| {
        let config = world.config_file();
        let check = async || {
            let output = output(&config, &["check"]).await;
            let said = String::from_utf8(output.stdout).expect("text");
            assert!(said.starts_with("○ 設定を読み込みました。\n"), "{said}");
            assert!(!said.contains(world.fake.token()));
            (output.status.code(), said)
        };
        let (code, said) = check().await;
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("初めての起動で作ります"), "{said}");
        let before: Vec<_> = files(world);
        assert!(
            !before.iter().any(|name| name.ends_with(".db")),
            "nothing was made"
        );

        let renkei = Process::start(world, "renkei").await;
        renkei.stop(world).await;
        let (code, said) = check().await;
        assert_eq!(code, Some(0), "{said}");
        assert!(
            said.contains("発言者の氏名を守る鍵がそろっています"),
            "{said}"
        );
        assert!(
            said.contains("問題は見つかりませんでした。\nnothing has to be mended"),
            "{said}"
        );

        // A channel that everybody can see.
        let open = [Overwrite::role(
            world.city.guild,
            permission::VIEW_CHANNEL,
            0,
        )];
        world.fake.set_overwrites(world.channel(TEXT.1), open);
        let (code, said) = check().await;
        assert_eq!(code, Some(1), "{said}");
        let found = said.lines().find(|line| line.starts_with('×'));
        let found = found.expect("something is to be mended");
        assert!(
            found.contains("薬剤師会") && found.contains("全員が見られます"),
            "{found}"
        );
        assert!(said.contains("× のところを直してから"), "{said}");
        let before = world.city.overwrites(TEXT.1);
        world.fake.set_overwrites(world.channel(TEXT.1), before);

        // A server the bot is not in any more.
        world.fake.bot_leaves(world.city.guild);
        let (code, said) = check().await;
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains("がサーバー") && said.contains("にいません"),
            "{said}"
        );
        world.fake.bot_joins(world.city.guild);
    })
    .await;
}

/// Names in the folder of the configuration.
fn files(world: &World) -> Vec<String> {
    let folder = std::fs::read_dir(world.folder()).expect("the folder can be read");
    folder
        .map(|entry| entry.expect("it can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

#[tokio::test]
async fn a_configuration_that_cannot_be_used_is_refused_with_its_place() {
    world_without_bot(Database::Sqlite, async |world| {
        let good = std::fs::read_to_string(world.config_file()).expect("it can be read");
        let token = format!("token = {:?}", world.fake.token());
        let refused = |name: &str, text: String| {
            let file = world.folder().join(name);
            std::fs::write(&file, text).expect("it can be written");
            file
        };
        let cases = [
            (
                refused("key.toml", good.replace("[http]", "[http]\nlissen = \"x\"")),
                ["行目: ", "lissen"],
            ),
            (
                refused("toml.toml", good.replace("[http]", "[http")),
                ["行目: ", "toml.toml"],
            ),
            (
                refused("token.toml", good.replace(&token, "")),
                ["discord.token", "DISCORD_TOKEN"],
            ),
            (
                world.folder().join("none.toml"),
                ["none.toml", "見つかりません"],
            ),
        ];
        for (file, words) in cases {
            for verb in ["check", "run", "migrate"] {
                let output = output(&file, &[verb]).await;
                let said = String::from_utf8(output.stderr).expect("text");
                assert_eq!(output.status.code(), Some(2), "{said}");
                let (ja, en) = said.split_once("\n(").expect("both languages");
                for words in words {
                    assert!(ja.contains(words), "{words} in {said}");
                }
                assert!(
                    ja.starts_with("renkei: ") && en.trim_end().ends_with(')'),
                    "{said}"
                );
                assert!(!said.contains(world.fake.token()));
                assert!(output.stdout.is_empty());
            }
        }
        let unknown = output(&world.config_file(), &["frobnicate"]).await;
        assert_eq!(unknown.status.code(), Some(2));
    })
    .await;
}

#[tokio::test]
async fn a_refused_token_and_a_discord_out_of_reach_are_told_apart() {
    world_without_bot(Database::Sqlite, async |world| {
        let good = std::fs::read_to_string(world.config_file()).expect("it can be read");
        let wrong = world.folder().join("wrong.toml");
        let token = format!("{}x", world.fake.token());
        let text = good.replace(world.fake.token(), &token);
        std::fs::write(&wrong, text).expect("it can be written");
        let checked = output(&wrong, &["check"]).await;
        let said = String::from_utf8(checked.stdout).expect("text");
        assert_eq!(checked.status.code(), Some(1), "{said}");
        assert!(
            said.contains("× Discord がトークンを受け付けません"),
            "{said}"
        );
        assert!(!said.contains(&token));
        // The program itself does not go on trying.
        let ran = output(&wrong, &[]).await;
        let said = String::from_utf8(ran.stderr).expect("text");
        assert_eq!(ran.status.code(), Some(1), "{said}");
        let last = said.split_once("renkei: ").expect("it says why").1;
        assert!(
            last.starts_with("Discord がトークンを受け付けません"),
            "{said}"
        );
        assert!(!said.contains(&token));

        // A port nobody listens on: it was free just now.
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let nobody = free.local_addr().expect("it is bound").to_string();
        drop(free);
        let far = world.folder().join("far.toml");
        let text = good.replace(&world.fake.address().to_string(), &nobody);
        std::fs::write(&far, text).expect("it can be written");
        let checked = output(&far, &["check"]).await;
        let said = String::from_utf8(checked.stdout).expect("text");
        assert_eq!(checked.status.code(), Some(1), "{said}");
        assert!(said.contains("× Discord に接続できません"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn the_version_needs_no_configuration() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let nowhere = folder.path().join("none.toml");
    let version = output(&nowhere, &["version"]).await;
    assert_eq!(version.status.code(), Some(0));
    let expected = format!("renkei {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8(version.stdout), Ok(expected));
    assert!(version.stderr.is_empty());
}
