//! What the program can be told: arguments and environment, read once. Secrets are never shown.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;

/// Runs the Path of Joint Action in Discord, for partners who cannot meet in one room.
///
/// Without a command it serves Discord (needs `DISCORD_TOKEN`). To see it work without any account:
/// `jointpath rehearse`.
#[derive(Debug, Parser)]
#[command(name = "jointpath", version, max_term_width = 100)]
pub struct Config {
    /// What to do; `serve` if nothing is said.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// How to serve.
    #[command(flatten)]
    pub serving: Serving,
}

impl Config {
    /// Reads arguments and environment. What stands before the verb is the verb's too, unless it says otherwise itself:
    /// `jointpath --database a.db canvas 1`.
    ///
    /// # Errors
    /// If the arguments cannot be read, or ask for help.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let matches = Self::command().try_get_matches_from(arguments)?;
        let mut config = Self::from_arg_matches(&matches)?;
        let said =
            |matches: &ArgMatches, key: &str| matches.value_source(key) == Some(clap::parser::ValueSource::CommandLine);
        if let Some((_, of_verb)) = matches.subcommand().filter(|_| said(&matches, "database")) {
            let database = config.serving.database.clone();
            match &mut config.verb {
                Some(Verb::Serve(serving)) if !said(of_verb, "database") => serving.database = database,
                Some(Verb::Canvas(printing)) if !said(of_verb, "database") => printing.database = database,
                Some(Verb::Rehearse(rehearsing)) if !said(of_verb, "database") => rehearsing.database = Some(database),
                _ => {}
            }
        }
        Ok(config)
    }
}

/// A database as it may be named to whoever reads errors: a file as it is, an address without its password.
#[must_use]
pub fn named(database: &str) -> String {
    let Some((scheme, rest)) = database.split_once("://").filter(|(scheme, _)| *scheme != "sqlite") else {
        return database.to_owned();
    };
    let place = rest.rsplit('@').next().unwrap_or_default();
    // Options may hold a password, and a password may hold the mark that begins them.
    if rest.contains('?') { format!("{scheme}://…") } else { format!("{scheme}://{place}") }
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve Discord.
    Serve(Serving),
    /// Walk a whole Path with simulated people, a stand-in for Discord, and the real bot.
    Rehearse(Rehearsing),
    /// Run the stand-in for Discord alone, for any client to be pointed at.
    Sandbox(Standing),
    /// Check the plan and the words: every fault at once, with file and line.
    CheckPrompts(Words),
    /// Print a partnership's canvas from the database, or draw it.
    Canvas(Printing),
    /// Draw what comes in as orders; the program starts this by itself.
    #[command(hide = true)]
    Draw(Drawing),
}

/// How far the process that draws may go.
#[derive(Args, Clone, Debug)]
pub struct Drawing {
    /// So many milliseconds for a drawing.
    #[arg(long)]
    pub wall: u64,
    /// So many bytes of memory.
    #[arg(long)]
    pub memory: u64,
}

/// Where plan and words come from.
#[derive(Args, Clone, Debug, Default)]
pub struct Words {
    /// A folder with `path.toml` and the words, in place of those built in.
    #[arg(long, env = "JOINTPATH_PROMPTS", value_name = "DIR")]
    pub prompts: Option<PathBuf>,
}

/// How to serve.
#[derive(Args, Clone, Debug)]
pub struct Serving {
    /// Where plan and words come from.
    #[command(flatten)]
    pub words: Words,
    /// The database: a file (SQLite) or `postgres://…`.
    #[arg(
        long,
        env = "JOINTPATH_DATABASE",
        value_name = "FILE|URL",
        default_value = "jointpath.db",
        hide_env_values = true
    )]
    pub database: String,
    /// Another server that speaks Discord's API, for example `http://127.0.0.1:8080`.
    #[arg(long, env = "DISCORD_API_URL", value_name = "URL")]
    pub api: Option<String>,
    /// Serve the board page at this address, for example `127.0.0.1:8081`; off if nothing is said.
    #[arg(long, env = "JOINTPATH_WEB", value_name = "ADDRESS")]
    pub web: Option<std::net::SocketAddr>,
    /// What links to the board page begin with, as readers see it, for example `https://board.example.org`.
    #[arg(long, env = "JOINTPATH_WEB_URL", value_name = "URL", requires = "web")]
    pub web_url: Option<String>,
    /// Follow the clock of a rehearsal; only with an API on this machine.
    #[arg(long, value_name = "URL", hide = true)]
    pub clock: Option<String>,
    /// The bot's token. Only from the environment, so that it shows in no list of processes.
    #[arg(skip = std::env::var("DISCORD_TOKEN").ok().filter(|token| !token.trim().is_empty()).map(SecretString::from))]
    pub token: Option<SecretString>,
}

/// How to rehearse.
#[derive(Args, Clone, Debug)]
pub struct Rehearsing {
    /// Where plan and words come from.
    #[command(flatten)]
    pub words: Words,
    /// The script to rehearse; the worked example if none is given.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Where to leave canvas, transcript and database.
    #[arg(long, value_name = "DIR", default_value = "rehearsal")]
    pub out: PathBuf,
    /// What chance decides.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Write every request, response and gateway frame to a file, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Kill the bot so many times at random moments and start it again, or, with `every`, at each moment at which
    /// time changes something, in each way: one run for each.
    #[arg(long, value_name = "TIMES|every", default_value = "0")]
    pub kill: Kills,
    /// The database to rehearse on, in place of a new SQLite file in `--out`.
    #[arg(long, value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
}

/// When a rehearsed bot is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kills {
    /// So many times, at random moments.
    Times(u32),
    /// At every boundary.
    Every,
}

impl std::str::FromStr for Kills {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "every" => Ok(Self::Every),
            times => times.parse().map(Self::Times).map_err(|_| "write a number, or: every"),
        }
    }
}

/// How the stand-in runs alone.
#[derive(Args, Clone, Debug)]
pub struct Standing {
    /// The port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Its world: people, servers, channels (JSON).
    #[arg(long, value_name = "FILE")]
    pub world: PathBuf,
    /// Write every request, response and gateway frame to a file.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// Which canvas to print, and how.
#[derive(Args, Clone, Debug)]
pub struct Printing {
    /// The partnership's number or name.
    #[arg(required_unless_present = "schema")]
    pub partnership: Option<String>,
    /// What the JSON holds, as a JSON Schema, and nothing else.
    #[arg(long, conflicts_with_all = ["partnership", "format", "report", "picture", "paper", "all"])]
    pub schema: bool,
    /// In which form.
    #[arg(long, value_enum, default_value_t = Form::Md)]
    pub format: Form,
    /// A report instead of the canvas, as Markdown, JSON, PDF or DOCX: `final`, `preread`, `memorandum:PARTNER`.
    #[arg(long, value_name = "REPORT", conflicts_with = "picture")]
    pub report: Option<String>,
    /// Which picture, for PNG, SVG and PDF: `whole`, `progress`, `elements`, `section:KEY`, `map:KEY`.
    #[arg(long, value_name = "KEY")]
    pub picture: Option<String>,
    /// On which paper; the screen for PNG and SVG, a poster for PDF, if nothing is said.
    #[arg(long, value_enum)]
    pub paper: Option<Size>,
    /// Where to write it; further pages get a number behind the name.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Every form and every picture, into a folder.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "report", "picture", "paper", "out"])]
    pub all: Option<PathBuf>,
    /// The database: a file (SQLite) or `postgres://…`.
    #[arg(
        long,
        env = "JOINTPATH_DATABASE",
        value_name = "FILE|URL",
        default_value = "jointpath.db",
        hide_env_values = true
    )]
    pub database: String,
    /// Where words come from.
    #[command(flatten)]
    pub words: Words,
}

/// The forms of a printed canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A Markdown outline.
    Md,
    /// JSON.
    Json,
    /// One self-contained page.
    Html,
    /// A picture.
    Png,
    /// A document to print.
    Pdf,
    /// A picture in shapes.
    Svg,
    /// A spreadsheet of all cards and figures.
    Xlsx,
    /// The same tables as files.
    Csv,
    /// Ends and next steps, for calendars.
    Ics,
    /// A report as a document to be edited.
    Docx,
}

/// What a picture is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// As tall as it needs to be.
    Screen,
    /// A poster, landscape.
    A3,
    /// Pages, portrait.
    A4,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(arguments: &str) -> String {
        let words = std::iter::once("jointpath").chain(arguments.split_whitespace());
        let config = Config::read(words.map(OsString::from)).unwrap();
        match config.verb {
            Some(Verb::Canvas(printing)) => printing.database,
            Some(Verb::Serve(serving)) => serving.database,
            Some(Verb::Rehearse(rehearsing)) => rehearsing.database.unwrap_or_default(),
            _ => config.serving.database,
        }
    }

    #[test]
    fn a_database_named_before_the_verb_is_the_verbs_too() {
        for (arguments, expected) in [
            ("--database a.db", "a.db"),
            ("--database a.db canvas 1", "a.db"),
            ("canvas 1 --database b.db", "b.db"),
            ("--database a.db canvas 1 --database b.db", "b.db"),
            ("--database a.db serve", "a.db"),
            ("--database a.db rehearse", "a.db"),
            ("rehearse", ""),
        ] {
            assert_eq!(database(arguments), expected, "{arguments}");
        }
    }

    #[test]
    fn a_database_is_named_without_its_password() {
        for (database, expected) in [
            ("a.db", "a.db"),
            ("sqlite://rooms/a.db", "sqlite://rooms/a.db"),
            ("postgres://127.0.0.1/paths", "postgres://127.0.0.1/paths"),
            ("postgres://me:p@ss/word@host:5432/paths", "postgres://host:5432/paths"),
            ("postgres://me:pa?ss@host/paths", "postgres://…"),
            ("postgres://host/paths?password=secret", "postgres://…"),
        ] {
            assert_eq!(named(database), expected);
        }
    }
}
