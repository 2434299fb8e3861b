//! The bot as a process that dies: at a named point, or when it is told to. Nothing of it is flushed or
//! closed; what it leaves behind is what a power cut of its machine would.

use fake_discord::Outcome;
use std::{
    fs::File,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    sync::Arc,
};
use tests::{
    point::Point,
    world::{PATIENCE, World},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{ChildStdin, ChildStdout, Command},
    sync::Notify,
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// The office's time; it stands still.
const OFFICE_TIME: &str = "2026-11-20 10:00";
/// What ends a process without a word.
const SIGKILL: i32 = 9;

/// The bots of a round, as far as people notice them.
#[derive(Clone, Copy)]
pub(super) struct Bots<'p> {
    pub(super) processes: &'p [Process],
    /// Where every chance comes from.
    pub(super) seed: u64,
    pub(super) round: usize,
}

impl Bots<'_> {
    /// Waits for what becomes of something that was asked; `None` when nothing came back, because the bot
    /// is dead or did not answer in time.
    pub(super) async fn ask(&self, asked: impl Future<Output = Outcome>) -> Option<Outcome> {
        tokio::select! {
            biased;
            outcome = asked => Some(outcome).filter(|it| !matches!(it, Outcome::Failed { .. })),
            () = self.dead() => None,
        }
    }

    /// Whether nobody is left to answer.
    pub(super) fn are_dead(&self) -> bool {
        self.processes.iter().all(Process::is_dead)
    }

    async fn dead(&self) {
        for process in self.processes {
            process.dead().await;
        }
    }
}

/// A running `renkei_under_test` that listens to the named points.
pub(crate) struct Process {
    id: u32,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    log: PathBuf,
    /// It is to end at once.
    end: Arc<Notify>,
    dead: CancellationToken,
    watch: JoinHandle<ExitStatus>,
}

impl Process {
    /// Starts it and waits until it serves.
    pub(crate) async fn start(world: &World, name: &str) -> Self {
        let log = world.folder().join(format!("{name}.log"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_renkei_under_test"))
            .arg(world.config_file())
            .args([OFFICE_TIME, "points"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("the log can be made"))
            .kill_on_drop(true)
            .spawn()
            .expect("it starts");
        let id = child.id().expect("it runs");
        let orders = child.stdin.take().expect("its input is a pipe");
        let answers = child.stdout.take().expect("its output is a pipe");
        let (end, dead) = (Arc::new(Notify::new()), CancellationToken::new());
        let (told, died) = (Arc::clone(&end), dead.clone());
        let watch = tokio::spawn(async move {
            let ended = tokio::select! {
                ended = child.wait() => Some(ended),
                () = told.notified() => None,
            };
            let ended = match ended {
                Some(ended) => ended,
                None => {
                    // It may have died by itself meanwhile, which is as good.
                    drop(child.start_kill());
                    child.wait().await
                }
            };
            died.cancel();
            ended.expect("it is ours")
        });
        let mut process = Self {
            id,
            orders,
            answers: BufReader::new(answers),
            log,
            end,
            dead,
            watch,
        };
        let said = process.line().await;
        assert!(
            said.starts_with("serving"),
            "it does not serve: {said:?}\n{}",
            process.logged()
        );
        process
    }

    /// Which one it is, for the machine and in the leases it takes.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// From now on it dies when it passes the point for the `nth` time.
    pub(crate) async fn die_at(&mut self, point: Point, nth: usize) {
        let order = format!("die {} {nth}\n", point.name);
        self.orders
            .write_all(order.as_bytes())
            .await
            .expect("it hears");
        assert_eq!(self.line().await, format!("set {} {nth}", point.name));
    }

    /// Ends it at once.
    pub(crate) fn kill(&self) {
        self.end.notify_one();
    }

    /// Waits until it is dead.
    pub(crate) async fn dead(&self) {
        self.dead.cancelled().await;
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.dead.is_cancelled()
    }

    pub(crate) fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log can be read")
    }

    /// Waits for the end it was told or set to; gives its log to the world.
    pub(crate) async fn bury(self, world: &World) {
        let ended = timeout(PATIENCE, self.watch).await.expect("it ends");
        let ended = ended.expect("its watch does not panic");
        let logged = std::fs::read_to_string(&self.log).expect("the log can be read");
        assert_eq!(
            ended.signal(),
            Some(SIGKILL),
            "it ended in another way: {ended}\n{logged}"
        );
        world.hear(&logged);
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.answers.read_line(&mut line)).await;
        read.unwrap_or_else(|_| panic!("it is silent\n{}", self.logged()))
            .expect("it can be read");
        line.trim_end().to_owned()
    }
}
