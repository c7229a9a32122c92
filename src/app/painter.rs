//! The process that draws: this same program, started as `jointpath draw`, with nothing in its environment.
//!
//! Orders go in as one JSON object a line; each answer comes back as its length, its head as JSON, and
//! the pages behind it. Whatever goes wrong in there ends that process and no other.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::canvas::draw::{DrawError, Drawing, Order};

/// What the machine's faces are found by, on the systems that need it. Nothing else is handed on.
const HANDED_ON: [&str; 6] = ["HOME", "XDG_DATA_HOME", "SYSTEMROOT", "WINDIR", "USERPROFILE", "LOCALAPPDATA"];
/// The longest head of an answer: names of scripts and a sentence.
const HEAD_MAX: u32 = 1 << 20;
/// The most that the pages of one answer may be.
const PAGES_MAX: usize = 256 << 20;

/// How a painter is started, and how far it may go.
#[derive(Clone, Debug)]
pub struct Easel {
    /// The program; none: this very one.
    pub program: Option<PathBuf>,
    /// So long may a drawing take, from the order to its last page.
    pub wall: Duration,
    /// So many bytes may the process hold.
    pub memory: u64,
    /// After so many drawings it is replaced by a new one.
    pub drawings: u32,
    /// So many orders may wait.
    pub queue: usize,
    /// So many bytes of drawings are kept, for those who ask again.
    pub kept: usize,
}

impl Default for Easel {
    fn default() -> Self {
        Self {
            program: None,
            wall: Duration::from_secs(20),
            memory: 768 << 20,
            drawings: 200,
            queue: 8,
            kept: 32 << 20,
        }
    }
}

/// The head of an answer.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Head {
    pages: Vec<usize>,
    missing: Vec<String>,
    cut: usize,
    fault: Option<String>,
}

/// Why a painter gave no drawing.
#[derive(Debug)]
pub(super) enum Spoilt {
    /// It took too long, and was ended.
    TooLong,
    /// It ended itself: more memory was asked for than it may have.
    TooLarge,
    /// It said what was wrong.
    Fault(String),
    /// It could not be started, or was not understood.
    Broken(String),
}

/// A running painter.
pub(super) struct Painter {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// How many drawings it has made.
    pub drawn: u32,
}

/// This very program. Where the system has a name for what runs, that: its file may have been replaced meanwhile.
fn this_program() -> std::io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Ok(running) } else { std::env::current_exe() }
}

impl Painter {
    /// Starts one.
    pub fn start(easel: &Easel) -> std::io::Result<Self> {
        let program = match &easel.program {
            Some(program) => program.clone(),
            None => this_program()?,
        };
        let handed_on = HANDED_ON.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        let mut child = Command::new(program)
            .args(["draw", "--wall", &easel.wall.as_millis().to_string()])
            .args(["--memory", &easel.memory.to_string()])
            .env_clear()
            .envs(handed_on)
            // One core is left to those who answer people.
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(orders), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::Error::other("no pipes"));
        };
        Ok(Self { child, orders, answers: BufReader::new(answers), drawn: 0 })
    }

    /// Draws an order. After anything but a drawing or a fault the painter is of no use any more.
    pub async fn draw(&mut self, order: &[u8], wall: Duration) -> Result<Drawing, Spoilt> {
        self.drawn += 1;
        match tokio::time::timeout(wall, self.ask(order)).await {
            Err(_) => {
                let _ = self.child.kill().await;
                Err(Spoilt::TooLong)
            }
            Ok(Err(error)) => Err(self.ended(&error).await),
            Ok(Ok((Head { fault: Some(fault), .. }, _))) => Err(Spoilt::Fault(fault)),
            Ok(Ok((head, pages))) => Ok(Drawing { pages, missing: head.missing, cut: head.cut }),
        }
    }

    async fn ask(&mut self, order: &[u8]) -> std::io::Result<(Head, Vec<Vec<u8>>)> {
        self.orders.write_all(order).await?;
        self.orders.write_all(b"\n").await?;
        self.orders.flush().await?;
        let length = self.answers.read_u32().await?;
        let mut head = vec![0; length.min(HEAD_MAX) as usize];
        self.answers.read_exact(&mut head).await?;
        let head: Head = serde_json::from_slice(&head)?;
        if head.pages.iter().fold(0_usize, |sum, size| sum.saturating_add(*size)) > PAGES_MAX {
            return Err(std::io::Error::other("pages too large"));
        }
        let mut pages = Vec::new();
        for size in &head.pages {
            let mut page = vec![0; *size];
            self.answers.read_exact(&mut page).await?;
            pages.push(page);
        }
        Ok((head, pages))
    }

    /// Why it ended in the middle of a drawing.
    async fn ended(&mut self, error: &std::io::Error) -> Spoilt {
        let _ = self.child.start_kill();
        match self.child.wait().await {
            Ok(status) if is_out_of_memory(status) => Spoilt::TooLarge,
            Ok(status) => Spoilt::Broken(format!("{error}; the process ended: {status}")),
            Err(other) => Spoilt::Broken(format!("{error}; {other}")),
        }
    }
}

/// Whether a process ended as one does that may have no more memory: it aborts, or its stack cannot grow.
#[cfg(unix)]
fn is_out_of_memory(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const ABORTED: i32 = 6;
    const OUTSIDE_MEMORY: i32 = 11;
    matches!(status.signal(), Some(ABORTED | OUTSIDE_MEMORY))
}

#[cfg(not(unix))]
fn is_out_of_memory(_: std::process::ExitStatus) -> bool {
    false
}

/// In the process that draws: reads orders and answers each, until nobody asks any more.
///
/// # Errors
/// If the pipes break.
pub fn serve(
    orders: impl Read,
    mut answers: impl Write,
    mut draw: impl FnMut(&Order) -> Result<Drawing, DrawError>,
) -> std::io::Result<()> {
    for line in std::io::BufRead::lines(std::io::BufReader::new(orders)) {
        let drawn = match serde_json::from_str::<Order>(&line?) {
            Ok(order) => draw(&order).map_err(|error| error.to_string()),
            Err(_) => Err("that is no order".to_owned()),
        };
        let (head, pages) = match drawn {
            Ok(drawing) => {
                let pages = drawing.pages.iter().map(Vec::len).collect();
                (Head { pages, missing: drawing.missing, cut: drawing.cut, fault: None }, drawing.pages)
            }
            Err(fault) => (Head { fault: Some(fault), ..Head::default() }, Vec::new()),
        };
        let head = serde_json::to_vec(&head)?;
        let length = u32::try_from(head.len()).map_err(std::io::Error::other)?;
        answers.write_all(&length.to_be_bytes())?;
        answers.write_all(&head)?;
        pages.iter().try_for_each(|page| answers.write_all(page))?;
        answers.flush()?;
    }
    Ok(())
}
