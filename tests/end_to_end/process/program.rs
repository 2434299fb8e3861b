//! `renkei` as a child process: started, asked how it is, ended.
//!
//! Cargo gives a test the path of its own package's programs only, so `renkei` is looked for beside the
//! test: `cargo test --workspace` builds it.

use std::{
    env::consts::EXE_SUFFIX,
    fs::File,
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
    time::Duration,
};
use tests::world::{PATIENCE, World};
use tokio::process::{Child, Command};

/// Between two looks at a process.
const LOOK: Duration = Duration::from_millis(20);

/// The program.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    let built = test
        .ancestors()
        .nth(2)
        .expect("tests stand in deps/ beside the programs");
    let program = built.join(format!("renkei{EXE_SUFFIX}"));
    assert!(
        program.is_file(),
        "{} is missing: build it first with `cargo build --workspace --bins`, or run the tests of the whole workspace",
        program.display()
    );
    program
}

fn command(config: &Path) -> Command {
    let mut command = Command::new(program());
    command
        // Nothing of whoever tests: variables would win over the file.
        .env_clear()
        .env("RENKEI_LOG_FORMAT", "text")
        .arg("--config")
        .arg(config)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Runs the program until it ends by itself.
pub(super) async fn output(config: &Path, words: &[&str]) -> Output {
    let ended = tokio::time::timeout(PATIENCE, command(config).args(words).output());
    ended.await.expect("it ends").expect("it runs")
}

/// A running `renkei`.
pub(super) struct Process {
    child: Child,
    log: PathBuf,
    /// Where health is told.
    at: String,
}

impl Process {
    /// Starts it and waits until it is ready.
    pub(super) async fn start(world: &World, name: &str) -> Self {
        let log = world.folder().join(format!("{name}.log"));
        let child = command(&world.config_file())
            .stdout(Stdio::null())
            .stderr(File::create(&log).expect("the log can be made"))
            .spawn()
            .expect("it starts");
        let mut process = Self {
            child,
            log,
            at: String::new(),
        };
        process.become_ready().await;
        process
    }

    async fn become_ready(&mut self) {
        let ready = tokio::time::timeout(PATIENCE, async {
            loop {
                assert!(
                    self.child.try_wait().expect("it is ours").is_none(),
                    "it ended"
                );
                if let Some((_, after)) = self.logged().split_once("http.address=") {
                    let at = after.split_whitespace().next().unwrap_or_default();
                    at.clone_into(&mut self.at);
                    if self.get("/ready").await.0 == 200 {
                        return;
                    }
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        if ready.await.is_err() {
            panic!("it is not ready\n{}", self.logged());
        }
    }

    pub(super) fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log can be read")
    }

    pub(super) async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.at))
            .await
            .expect("it answers");
        (
            answer.status().as_u16(),
            answer.text().await.expect("it is text"),
        )
    }

    /// Tells it to end, as an init system does.
    pub(super) async fn terminate(&self) {
        let id = self.child.id().expect("it runs").to_string();
        let told = Command::new("sh")
            .args(["-c", "kill -TERM \"$0\"", &id])
            .status()
            .await
            .expect("there is a shell");
        assert!(told.success());
    }

    /// Waits until it has ended.
    pub(super) async fn ended(&mut self) -> ExitStatus {
        tokio::time::timeout(PATIENCE, self.child.wait())
            .await
            .expect("it ends")
            .expect("it is ours")
    }

    /// Ends it well; gives its log to the world.
    pub(super) async fn stop(mut self, world: &World) -> String {
        self.terminate().await;
        assert_eq!(self.ended().await.code(), Some(0), "{}", self.logged());
        let logged = self.logged();
        world.hear(&logged);
        logged
    }

    /// Ends it at once, as a power cut does.
    pub(super) async fn kill(mut self, world: &World) {
        self.child.kill().await.expect("it runs");
        world.hear(&self.logged());
    }
}
