//! The bot as a child process: started, killed without warning, started again.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::process::{Child, Command};

/// How long a bot may take to stop by itself, in wire time.
const GOODBYE: Duration = Duration::from_secs(3);

/// How the bot is started.
#[derive(Clone, Debug)]
pub struct BotPlace {
    /// The program: this executable itself, or another build of it.
    pub program: PathBuf,
    /// Arguments before ours; none for the shipped program, which serves by default.
    pub arguments: Vec<String>,
}

/// The bot and all that it needs to be started again.
#[derive(Debug)]
pub struct BotProcess {
    place: BotPlace,
    url: String,
    token: String,
    /// Where its database lies.
    pub database: String,
    /// The run that the stand-in heard from last before this one.
    pub boot_before: Option<String>,
    log: PathBuf,
    child: Option<Child>,
}

impl BotProcess {
    /// A bot that is not running yet.
    #[must_use]
    pub fn new(place: BotPlace, url: String, token: &str, files: (String, PathBuf)) -> Self {
        let (database, log) = files;
        Self { place, url, token: token.to_owned(), database, log, boot_before: None, child: None }
    }

    /// Starts it.
    ///
    /// # Errors
    /// If the program or its log cannot be opened.
    pub fn start(&mut self) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log).context("the bot's log")?;
        let child = Command::new(&self.place.program)
            .args(&self.place.arguments)
            .args(["--clock", &self.url, "--database", &self.database])
            .env("DISCORD_API_URL", &self.url)
            .env("DISCORD_TOKEN", &self.token)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", self.place.program.display()))?;
        self.child = Some(child);
        Ok(())
    }

    /// Kills it: SIGKILL, no goodbye.
    ///
    /// # Errors
    /// If it could not be killed.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(child) = &mut self.child {
            child.kill().await.context("killing the bot")?;
        }
        self.child = None;
        Ok(())
    }

    /// Asks it to stop as Ctrl-C does, so that its database is closed in order; kills it if it does not.
    ///
    /// # Errors
    /// If it can neither be asked nor killed.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(child) = &mut self.child
            && let Some(id) = child.id()
        {
            let asked = Command::new("kill").args(["-INT", &id.to_string()]).status().await;
            // Where there is no such command, or it is not heard, the hard way follows.
            if asked.is_ok_and(|status| status.success()) {
                let _ = tokio::time::timeout(GOODBYE, child.wait()).await;
            }
        }
        self.kill().await
    }

    /// Whether it still runs; if it ended by itself, that is an error.
    ///
    /// # Errors
    /// With its exit code and where its log lies.
    pub fn is_alive(&mut self) -> Result<bool> {
        let Some(child) = &mut self.child else { return Ok(false) };
        match child.try_wait()? {
            None => Ok(true),
            Some(status) => bail!("the bot ended by itself ({status}); its log is {}", self.log.display()),
        }
    }

    /// Lets one of its other commands write to a file (`canvas … --format json`).
    ///
    /// # Errors
    /// If the command fails; with what it said.
    pub async fn other(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = Command::new(&self.place.program)
            .args(arguments)
            .args(["--database", &self.database])
            .output()
            .await
            .with_context(|| format!("running {}", self.place.program.display()))?;
        if !output.status.success() {
            bail!("{} failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(output.stdout)
    }
}
