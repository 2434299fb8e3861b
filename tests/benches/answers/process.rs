//! The bot as a child process: started, read from outside, ended.

use anyhow::{Context, bail};
use chrono::NaiveDateTime;
use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// How long a process may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// The kernel counts processor time in hundredths of a second (`USER_HZ`, fixed for user space).
const TICKS_PER_SECOND: f64 = 100.0;
/// The office's time when it is started; it stands still until it is told to move.
const OFFICE_TIME: &str = "2026-11-20 10:00";
/// An hour, by which the clock is moved at the end, in seconds.
const HOUR: u64 = 3_600;

/// A running `renkei_under_test`.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Where its health is told.
    address: String,
    log: PathBuf,
    client: reqwest::Client,
    /// How far its clock was moved.
    moved: Duration,
}

/// What the kernel says of a process.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Processor time so far, in seconds.
    pub(crate) processor: f64,
    /// Resident memory, in MiB.
    pub(crate) resident: f64,
    /// The most it ever was, in MiB.
    pub(crate) peak: f64,
}

impl Process {
    /// Starts it with a configuration and waits until it serves.
    pub(crate) async fn start(config: &Path) -> anyhow::Result<Self> {
        let log = config.with_extension("log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_renkei_under_test"))
            .arg(config)
            .arg(OFFICE_TIME)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .kill_on_drop(true)
            .spawn()?;
        let orders = child.stdin.take().context("its input is a pipe")?;
        let output = child.stdout.take().context("its output is a pipe")?;
        let mut process = Self {
            child,
            orders,
            answers: BufReader::new(output),
            address: String::new(),
            log,
            client: reqwest::Client::new(),
            moved: Duration::ZERO,
        };
        let line = process.line().await?;
        let Some(address) = line.strip_prefix("serving ") else {
            bail!("the bot does not serve: {line:?}\n{}", process.log()?);
        };
        address.clone_into(&mut process.address);
        Ok(process)
    }

    /// Moves the office's time; it must not have moved by itself.
    pub(crate) async fn advance(&mut self, seconds: u64) -> anyhow::Result<()> {
        self.moved += Duration::from_secs(seconds);
        let orders = format!("advance {seconds}\nnow\n");
        self.orders.write_all(orders.as_bytes()).await?;
        let start = NaiveDateTime::parse_from_str(OFFICE_TIME, "%Y-%m-%d %H:%M")?;
        let expected = (start + self.moved).format("now %Y-%m-%dT%H:%M:%S+09:00");
        for _ in 0..2 {
            let line = self.line().await?;
            let expected = expected.to_string();
            anyhow::ensure!(line == expected, "the clock has moved by itself: {line}");
        }
        Ok(())
    }

    /// Tells it to stop, and waits until it has. The office's time must not have moved by itself.
    pub(crate) async fn halt(&mut self) -> anyhow::Result<()> {
        self.advance(HOUR).await?;
        self.orders.write_all(b"stop\n").await?;
        let line = self.line().await?;
        anyhow::ensure!(line == "stopped", "the bot does not stop: {line:?}");
        let status = timeout(PATIENCE, self.child.wait()).await??;
        anyhow::ensure!(status.success(), "the bot ended with {status}");
        Ok(())
    }

    async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        timeout(PATIENCE, self.answers.read_line(&mut line))
            .await
            .context("the bot is silent")??;
        Ok(line.trim_end().to_owned())
    }

    /// What it logged.
    pub(crate) fn log(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(&self.log)?)
    }

    /// What the kernel says of it.
    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        usage_of(self.child.id().context("the bot has ended")?)
    }

    /// The sum of a counter of its `/metrics` over all lines that hold `label`.
    pub(crate) async fn counter(&self, name: &str, label: &str) -> anyhow::Result<u64> {
        let url = format!("http://{}/metrics", self.address);
        let text = self.client.get(url).send().await?.text().await?;
        Ok(sum_of(&text, name, label))
    }
}

/// What the kernel says of a process of this machine.
pub(crate) fn usage_of(process: u32) -> anyhow::Result<Usage> {
    let folder = PathBuf::from(format!("/proc/{process}"));
    let read = |file: &str| std::fs::read_to_string(folder.join(file));
    let stat = read("stat").context("processor time is read from /proc, which Linux has")?;
    let status = read("status")?;
    Ok(Usage {
        processor: processor_in(&stat).context("/proc says it otherwise")?,
        resident: mebibytes_in(&status, "VmRSS:").context("/proc says it otherwise")?,
        peak: mebibytes_in(&status, "VmHWM:").context("/proc says it otherwise")?,
    })
}

/// Seconds in user and kernel mode: the 14th and 15th field, counted from behind the name, which may
/// hold anything (proc_pid_stat(5)).
fn processor_in(stat: &str) -> Option<f64> {
    let behind_name = stat.rsplit_once(')')?.1;
    let mut fields = behind_name.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let kernel: f64 = fields.next()?.parse().ok()?;
    Some((user + kernel) / TICKS_PER_SECOND)
}

fn mebibytes_in(status: &str, field: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn sum_of(metrics: &str, name: &str, label: &str) -> u64 {
    let lines = metrics
        .lines()
        .filter(|line| line.starts_with(&format!("{name}{{")) && line.contains(label));
    lines
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
        .sum()
}
