//! One rehearsal from start to end: world, stand-in, bot, people, and what is left in the folder.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::prompts::Prompts;
use crate::sandbox::{self, Remote};

use super::aloud::say;
use super::bot::{BotPlace, BotProcess};
use super::boundary::{Blow, Ordeal};
use super::conductor::{Conductor, Tally};
use super::every::{every, kinds};
use super::kill::{Dice, Kill};
use super::limits::{LIMITS, excess};
use super::nudges;
use super::script::Script;
use super::stage::Stage;
use super::summary::{self, Summary};
use super::{compare, read, transcript, world};

/// The language people read in.
const LANGUAGE: &str = "en";
/// Wire time for the first answer of a bot that has just been started or killed, in a rehearsal with
/// kills: nobody waits three seconds for somebody known to be dead.
const IMPATIENT: Duration = Duration::from_millis(1500);

/// Discord's type number of its own word that a message was pinned.
const PINNED: u8 = 6;

/// The worked example: *Ruvani Without Plastic*.
#[must_use]
pub fn worked_example() -> &'static str {
    include_str!("../../rehearsals/ruvani.json")
}

/// How to rehearse.
#[derive(Clone, Debug)]
pub struct Options {
    /// The script's text.
    pub script: String,
    /// Plan and words, the same that the bot serves.
    pub prompts: Prompts,
    /// Where to leave database, canvas and transcript.
    pub out: PathBuf,
    /// What chance decides.
    pub seed: u64,
    /// Where to write all that passes, if wished.
    pub record: Option<PathBuf>,
    /// The database, in place of a new SQLite file in `out`.
    pub database: Option<String>,
    /// Whether the canvas is left in every form and picture, or only as texts.
    pub pictures: bool,
    /// How the bot is started.
    pub bot: BotPlace,
    /// When it is killed, if ever.
    pub kill: Option<Kill>,
    /// What befalls it at every boundary of this run.
    pub blow: Option<Blow>,
    /// Whether nothing is told of how it goes.
    pub is_quiet: bool,
}

/// Rehearses.
///
/// # Errors
/// Every fault of the script; where somebody got stuck; every difference between the canvas and what
/// the script expects.
pub async fn run(options: Options) -> Result<Summary> {
    match options.kill {
        None => once(&options).await,
        Some(Kill::Every) => every(&options).await,
        Some(Kill::Random(_)) => at_random(&options).await,
    }
}

/// Twice: without a kill, and killed at random moments.
async fn at_random(options: &Options) -> Result<Summary> {
    say("First without a kill, to have something to compare with.");
    let out = options.out.join("undisturbed");
    let undisturbed =
        once(&Options { out, kill: None, record: None, database: None, pictures: false, ..options.clone() }).await?;
    say("\nNow the same, and the bot is killed at random moments.");
    let killed = once(options).await?;
    let differences = posts_differ(&undisturbed.posts, &killed.posts);
    if !differences.is_empty() {
        bail!("killing the bot changed what was posted (- missing, + too many):\n{}", differences.join("\n"));
    }
    say(&format!(
        "Killed {} times: the same {} posts as undisturbed, none twice, none missing.",
        killed.kills,
        killed.posts.len()
    ));
    Ok(killed)
}

/// Posts that one run has and the other has not, each as often as it is missing or too many.
pub fn posts_differ(undisturbed: &[String], killed: &[String]) -> Vec<String> {
    let mut left = killed.to_vec();
    let mut lines = Vec::new();
    for post in undisturbed {
        match left.iter().position(|other| other == post) {
            Some(at) => drop(left.remove(at)),
            None => lines.push(format!("- {post}")),
        }
    }
    lines.extend(left.into_iter().map(|post| format!("+ {post}")));
    lines
}

/// One rehearsal.
///
/// # Errors
/// As [`run`].
pub async fn once(options: &Options) -> Result<Summary> {
    let began = Instant::now();
    let script = match read::read(&options.script, &options.prompts.plan) {
        Ok(script) => script,
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            bail!("the script cannot be rehearsed:\n{}", lines.join("\n"));
        }
    };
    let words = options.prompts.words_in(LANGUAGE).context("there are no English words")?;
    std::fs::create_dir_all(&options.out).with_context(|| format!("cannot make {}", options.out.display()))?;
    let database = database(options)?;
    let stand_in = stand_in(options, &script).await?;
    let stage = Stage {
        script: &script,
        plan: &options.prompts.plan,
        words,
        remote: Remote::new(stand_in.url()),
        channel: world::CHANNEL,
        users: world::users(&script),
        is_quiet: options.is_quiet,
    };
    let files = (database, options.out.join("bot.log"));
    let mut bot = BotProcess::new(options.bot.clone(), stand_in.url(), world::TOKEN, files);
    let mut summary = perform(&stage, &mut bot, options).await?;
    bot.stop().await?;
    summary.canvas = canvas(&bot, &script, options).await?;
    summary.decisions = summary::decisions(&summary.canvas);
    summary.wall = began.elapsed();
    let told = summary.told(&stage);
    stage.say(&told);
    std::fs::write(options.out.join("summary.txt"), told)?;
    let differences = compare::differences(&script.expect, &summary.canvas, words);
    if !differences.is_empty() {
        bail!("the canvas is not what the script expects:\n{}", differences.join("\n"));
    }
    let excess = excess(&summary, LIMITS);
    if !excess.is_empty() {
        bail!("more was asked or said than was promised:\n{}", excess.join("\n"));
    }
    stage.say(&format!("The canvas is exactly what the script expects ({} sections).", script.expect.len()));
    let drawn = if options.pictures {
        "pictures/, reports/, canvas.png, canvas.pdf, canvas-a4.pdf, canvas.svg, canvas.xlsx and .csv, canvas.ics, \
         decisions.md, .csv and .json, "
    } else {
        ""
    };
    let files = "canvas.html, canvas.md, canvas.json, transcript.md, summary.txt and the database";
    stage.say(&format!("Left in {}: {drawn}{files}.", options.out.display()));
    Ok(summary)
}

/// Starts the stand-in for Discord on a free port of this machine.
async fn stand_in(options: &Options, script: &Script) -> Result<sandbox::Sandbox> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.context("no free port on this machine")?;
    let mut wire = sandbox::Options { record: options.record.clone(), ..sandbox::Options::default() };
    if options.kill.is_some() {
        wire.ack_limit = IMPATIENT;
        wire.defer_limit = IMPATIENT * 2;
    }
    Ok(sandbox::serve(world::world(script), listener, wire).await?)
}

/// Lets everybody walk the Path; the transcript is written however far they come.
async fn perform(stage: &Stage<'_>, bot: &mut BotProcess, options: &Options) -> Result<Summary> {
    bot.start()?;
    let mut conductor = Conductor::new(stage, bot, Dice::new(options.kill), options.seed);
    conductor.ordeal.blow = options.blow;
    let outcome = conductor.conduct().await;
    let (tally, kills) = (std::mem::take(&mut conductor.tally), conductor.dice.thrown());
    let Ordeal { met, fallen, .. } = std::mem::take(&mut conductor.ordeal);
    let rooms = transcript::rooms(stage).await?;
    let file = options.out.join("transcript.md");
    std::fs::write(&file, transcript::markdown(stage, &rooms, &tally.glimpses))?;
    outcome.with_context(|| format!("the rehearsal stopped; what everybody saw stands in {}", file.display()))?;
    let unknown = stage.remote.unknown_routes().await?;
    if !unknown.is_empty() {
        bail!("the bot asked for routes that the stand-in does not have: {unknown:?}");
    }
    let kinds = kinds(stage, &rooms, &met);
    Ok(Summary { kills, kinds, fallen, boundaries: met, ..sum(stage, tally, &rooms).await? })
}

/// The database, emptied if it is a file of ours.
fn database(options: &Options) -> Result<String> {
    if let Some(database) = &options.database {
        return Ok(database.clone());
    }
    let file = options.out.join("rehearsal.db");
    for ending in ["", "-wal", "-shm", "-journal", ".lock"] {
        let old = PathBuf::from(format!("{}{ending}", file.display()));
        if old.exists() {
            std::fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
    }
    let log = options.out.join("bot.log");
    if log.exists() {
        std::fs::remove_file(&log)?;
    }
    Ok(file.display().to_string())
}

async fn sum(stage: &Stage<'_>, tally: Tally, rooms: &[transcript::Room]) -> Result<Summary> {
    let script = stage.script;
    let (cards, figures) = summary::given(script);
    // Discord itself tells in the bot's name that a message was pinned.
    let is_ours = |post: &&crate::sandbox::remote::Post| post.kind != PINNED;
    let of_bot = |post: &&crate::sandbox::remote::Post| post.author["bot"] == true;
    let channel = rooms.iter().find(|room| room.place.id.0 == stage.channel);
    let now_ms = stage.remote.clock().await?;
    Ok(Summary {
        people: script.people.len(),
        cards,
        figures,
        refusals: tally.refusals,
        efforts: tally.efforts,
        posts: transcript::posts(rooms),
        channel_posts: channel.map_or(0, |room| room.posts.iter().filter(of_bot).filter(is_ours).count()),
        rings: rooms.iter().flat_map(|room| &room.posts).filter(of_bot).filter(|post| !post.pinged.is_empty()).count(),
        nudges: nudges::count(stage, rooms, &tally.came),
        repeated: transcript::repeated(rooms),
        host_acts: tally.host_acts,
        opened_by_itself: tally.opened_by_itself,
        closed_by_itself: (tally.closed_by_itself, script.scenes.len()),
        world_days: (now_ms - script.world.starts.timestamp_millis()) / 86_400_000,
        ..Summary::default()
    })
}

/// The canvas in its forms, as the program prints and draws it from the database.
async fn canvas(bot: &BotProcess, script: &Script, options: &Options) -> Result<serde_json::Value> {
    let (name, out) = (script.partnership.name.as_str(), &options.out);
    if options.pictures {
        say("Drawing the canvas and each of its pictures …");
        bot.other(&["canvas", name, "--all", &out.display().to_string()]).await?;
    } else {
        for form in ["md", "html", "json"] {
            let file = out.join(format!("canvas.{form}")).display().to_string();
            bot.other(&["canvas", name, "--format", form, "--out", &file]).await?;
        }
    }
    let json = std::fs::read(out.join("canvas.json")).context("the canvas was not left there")?;
    serde_json::from_slice(&json).context("the canvas is no JSON")
}
