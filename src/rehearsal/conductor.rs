//! The conductor: opens and closes scene after scene, lets people come at their hours, moves time.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::agenda;
use super::bot::BotProcess;
use super::boundary::Ordeal;
use super::deed::HostAct;
use super::effort::Efforts;
use super::hand::{Hand, Stuck};
use super::joining;
use super::kill::Dice;
use super::memory::Memory;
use super::nudges::Came;
use super::person::{self, Visit};
use super::script::{PersonScript, Scene};
use super::stage::Stage;
use super::transcript::Glimpse;
use super::{host, mine, nudges, time, weather, wrong};

/// Tries of one visit before the conductor gives up: the bot may be killed more than once.
const TRIES: usize = 4;
/// Kills that may fall into one visit.
const KILLS_A_VISIT: usize = 2;

/// What hosts do for the group is counted apart from what they answer themselves.
pub const HOSTING: &str = "hosting";

/// Everything the conductor keeps count of.
#[derive(Debug, Default)]
pub struct Tally {
    /// What was asked of whom.
    pub efforts: Efforts,
    /// Refusals that were met: who, and the words.
    pub refusals: Vec<(String, String)>,
    /// Private screens as they were seen.
    pub glimpses: Vec<Glimpse>,
    /// Visits made.
    pub visits: u32,
    /// Scenes that had opened by themselves when a host came to open them.
    pub opened_by_itself: usize,
    /// Scenes that had closed by themselves when a host came to close them.
    pub closed_by_itself: usize,
    /// Who came to which scene, and when they had done.
    pub came: Vec<Came>,
    /// What hosts did for the group: openings, closings and every other deed.
    pub host_acts: u32,
}

/// One thing on the agenda.
#[derive(Clone, Copy, Debug)]
enum Item {
    Open(usize),
    Visit(usize, usize),
    Later(usize),
    Close(usize),
    Weather(usize),
    Fair,
}

/// The conductor.
#[derive(Debug)]
pub struct Conductor<'a> {
    /// What all share.
    pub stage: &'a Stage<'a>,
    /// The bot.
    pub bot: &'a mut BotProcess,
    /// When it is killed.
    pub dice: Dice,
    /// What befalls it at each boundary.
    pub ordeal: Ordeal,
    /// What is remembered.
    pub memory: Memory,
    /// What was counted.
    pub tally: Tally,
    chance: StdRng,
    joined: BTreeMap<String, bool>,
    /// Who is not there: has left, or comes later.
    gone: Vec<String>,
}

impl<'a> Conductor<'a> {
    /// A conductor before an empty stage.
    #[must_use]
    pub fn new(stage: &'a Stage<'a>, bot: &'a mut BotProcess, dice: Dice, seed: u64) -> Self {
        Self {
            stage,
            bot,
            dice,
            ordeal: Ordeal::default(),
            memory: Memory::new(stage),
            tally: Tally::default(),
            chance: StdRng::seed_from_u64(seed),
            joined: BTreeMap::new(),
            gone: stage.script.people.iter().filter(|person| person.late).map(|person| person.id.clone()).collect(),
        }
    }

    /// The whole Path.
    ///
    /// # Errors
    /// Where somebody got stuck, with what stood on their screen.
    pub async fn conduct(&mut self) -> Result<()> {
        let stage = self.stage;
        time::rest(&stage.remote, self.bot).await.context("the bot does not come to rest after its start")?;
        self.set_up().await?;
        let scenes = &stage.script.scenes;
        let mut agenda: Vec<(DateTime<Utc>, Item)> = Vec::new();
        for (nth, scene) in scenes.iter().enumerate() {
            agenda.push((scene.from.to_utc(), Item::Open(nth)));
            agenda.push((scene.looks().to_utc(), Item::Close(nth)));
        }
        for (nth, weather) in stage.script.world.weather.iter().enumerate() {
            agenda.push((weather.from.to_utc(), Item::Weather(nth)));
            agenda.push((weather.until.to_utc(), Item::Fair));
        }
        let mut visits: BTreeMap<(usize, usize), &PersonScript> = BTreeMap::new();
        // Later items first, so that the next one is taken from the end.
        agenda.sort_by_key(|(at, item)| std::cmp::Reverse((*at, rank(*item))));
        while let Some((at, item)) = agenda.pop() {
            time::until(&stage.remote, self.bot, &mut self.ordeal, at).await?;
            match item {
                Item::Open(nth) => {
                    self.open(&scenes[nth]).await?;
                    let asks = person::asks(stage, &scenes[nth]);
                    let coming = agenda::visits(stage.script, &scenes[nth], &asks, &self.gone, &mut self.chance);
                    let last = coming.last().map_or(at, |(at, _)| *at);
                    for (order, (when, person)) in coming.into_iter().enumerate() {
                        visits.insert((nth, order), person);
                        agenda.push((when, Item::Visit(nth, order)));
                    }
                    agenda.push((last, Item::Later(nth)));
                    agenda.sort_by_key(|(at, item)| std::cmp::Reverse((*at, rank(*item))));
                }
                Item::Visit(nth, order) => {
                    if let Some(person) = visits.get(&(nth, order)).copied() {
                        self.visit(&scenes[nth], person).await?;
                    }
                }
                Item::Later(nth) => {
                    self.later(&scenes[nth]).await?;
                    self.acts(&scenes[nth], &scenes[nth].end).await?;
                }
                Item::Close(nth) => self.close(&scenes[nth]).await?,
                Item::Weather(nth) => {
                    let weather = &stage.script.world.weather[nth];
                    weather::begin(stage, self.bot, &mut self.ordeal, weather).await?;
                }
                Item::Fair => weather::clear(stage, self.bot, &mut self.ordeal).await?,
            }
        }
        time::rest(&stage.remote, self.bot).await.map(drop)
    }

    fn founder(&self) -> Result<&'a PersonScript> {
        self.stage.script.founder().ok_or_else(|| anyhow!("nobody may set the partnership up"))
    }

    async fn set_up(&mut self) -> Result<()> {
        let founder = self.founder()?;
        let mut hand = Hand::new(self.stage, founder);
        joining::set_up(&mut hand).await?;
        self.take_notes(&hand, HOSTING).await?;
        time::rest(&self.stage.remote, self.bot).await?;
        let mut hand = Hand::new(self.stage, founder);
        joining::enter(&mut hand).await?;
        self.take_notes(&hand, HOSTING).await?;
        time::rest(&self.stage.remote, self.bot).await?;
        self.joined.insert(founder.id.clone(), true);
        let script = self.stage.script;
        self.stage.say(&format!(
            "{}: {} people of {} partners",
            script.partnership.name,
            script.people.len(),
            script.partners.len()
        ));
        Ok(())
    }

    async fn take_notes(&mut self, hand: &Hand<'_>, scene: &str) -> Result<()> {
        let now_ms = self.stage.remote.clock().await?;
        self.tally.efforts.add(&hand.person.id, scene, hand.effort);
        self.tally.host_acts += u32::from(scene == HOSTING);
        let glimpses = hand.glimpses.iter().map(|(did, saw)| Glimpse {
            at_ms: now_ms,
            who: hand.person.name.clone(),
            did: did.clone(),
            saw: saw.clone(),
        });
        self.tally.glimpses.extend(glimpses);
        Ok(())
    }

    async fn open(&mut self, scene: &Scene) -> Result<()> {
        self.acts(scene, &scene.before).await?;
        let mut hand = Hand::new(self.stage, self.founder()?);
        let itself = host::has_opened(&hand, scene).await.with_context(|| format!("looking for {}", scene.key()))?;
        if itself {
            self.tally.opened_by_itself += 1;
        } else {
            let opened = host::open(&mut hand, &self.memory, scene).await;
            opened.with_context(|| format!("opening {}", scene.key()))?;
            self.take_notes(&hand, HOSTING).await?;
            self.shaken().await?;
        }
        self.acts(scene, &scene.opened).await?;
        let how = if itself { "has opened by itself" } else { "opens" };
        self.stage.say(&format!("{}  {} {how}. {}", day(scene.from.to_utc()), self.title(scene), scene.remark));
        Ok(())
    }

    fn title(&self, scene: &Scene) -> String {
        match (&scene.open.sitting, &scene.open.ask) {
            (Some(key), _) => {
                let phase = self.stage.plan.sitting(key).map(|(phase, _)| self.stage.words.phase(&phase.key).title);
                format!("{} · {}", phase.unwrap_or_default(), self.stage.words.sitting(key).title)
            }
            (None, ask) => self.stage.title(ask.as_deref().unwrap_or_default()),
        }
    }

    async fn acts(&mut self, scene: &Scene, acts: &[HostAct]) -> Result<()> {
        for act in acts {
            let mut hand = Hand::new(self.stage, self.founder()?);
            let done = host::act(&mut hand, &mut self.memory, act).await;
            done.with_context(|| format!("a host's act in {}: {act:?}", scene.key()))?;
            match act {
                HostAct::Leave { person } => self.gone.push(person.clone()),
                HostAct::Deed { words: Some(words), .. } => self.entered(words),
                _ => {}
            }
            self.take_notes(&hand, HOSTING).await?;
            self.shaken().await?;
        }
        Ok(())
    }

    /// Whoever comes late is there once a host has entered them.
    fn entered(&mut self, list: &str) {
        let people = &self.stage.script.people;
        let is_named =
            |id: &String| people.iter().any(|person| person.id == *id && person.late && list.contains(&person.name));
        self.gone.retain(|id| !is_named(id));
    }

    /// After a host's deed the bot has posts to send: a good moment to be killed.
    async fn shaken(&mut self) -> Result<()> {
        if let Some(delay) = self.dice.throw() {
            tokio::time::sleep(delay / 4).await;
            time::restart(&self.stage.remote, self.bot).await?;
        }
        time::rest(&self.stage.remote, self.bot).await.map(drop)
    }

    /// One person comes, and comes again if the bot was killed meanwhile.
    async fn visit(&mut self, scene: &Scene, person: &'a PersonScript) -> Result<()> {
        let mut again = false;
        for nth in 0..TRIES {
            // Twice at most in one visit, or it would never end.
            let kill = if nth < KILLS_A_VISIT { self.dice.throw() } else { None };
            let outcome = self.once(scene, person, again, kill).await;
            if kill.is_some() {
                time::restart(&self.stage.remote, self.bot).await?;
            }
            time::rest(&self.stage.remote, self.bot).await?;
            match outcome {
                Ok(()) => {
                    self.tally.visits += 1;
                    return self.note_done(scene, person).await;
                }
                Err(Stuck::Silence { .. }) if kill.is_some() => again = true,
                Err(stuck) => return Err(anyhow!(stuck).context(format!("{} in {}", person.name, scene.key()))),
            }
        }
        bail!("{} in {}: no answer, however often they try", person.name, scene.key())
    }

    /// Writes down that somebody has answered all they have for a scene.
    async fn note_done(&mut self, scene: &Scene, person: &PersonScript) -> Result<()> {
        let at = DateTime::from_timestamp_millis(self.stage.remote.clock().await?).unwrap_or_default();
        let nth = self.stage.script.scenes.iter().position(|one| std::ptr::eq(one, scene));
        self.tally.came.extend(nth.map(|scene| Came { scene, person: person.id.clone(), at }));
        Ok(())
    }

    async fn once(
        &mut self,
        scene: &Scene,
        person: &'a PersonScript,
        again: bool,
        kill: Option<Duration>,
    ) -> Result<(), Stuck> {
        let mut hand = Hand::new(self.stage, person);
        let mut refusals = Vec::new();
        let (memory, joined) = (&mut self.memory, self.joined.get(&person.id).copied().unwrap_or_default());
        let last = self.tally.came.iter().filter(|came| came.person == person.id).map(|came| came.at).max();
        let coming = async {
            if joined {
                nudges::read(&mut hand, last).await?;
            } else {
                joining::join(&mut hand, memory, scene).await?;
            }
            wrong::older_posts(&mut hand, scene, &mut refusals).await?;
            Visit { hand: &mut hand, memory, scene, refusals: &mut refusals, joins: !joined, again }.all().await
        };
        let outcome = match kill {
            None => coming.await,
            Some(delay) => {
                tokio::pin!(coming);
                tokio::select! {
                    outcome = &mut coming => outcome,
                    () = tokio::time::sleep(delay) => {
                        self.bot.kill().await.map_err(|error| Stuck::Wire(error.to_string()))?;
                        coming.await
                    }
                }
            }
        };
        self.tally.refusals.extend(refusals.into_iter().map(|words| (person.name.clone(), words)));
        self.take_notes(&hand, scene.key()).await.map_err(|error| Stuck::Wire(error.to_string()))?;
        if outcome.is_ok() {
            self.joined.insert(person.id.clone(), true);
        }
        outcome
    }

    async fn later(&mut self, scene: &Scene) -> Result<()> {
        for act in &scene.later {
            let who = act.who();
            let person = self.stage.script.person(who).ok_or_else(|| anyhow!("nobody is {who}"))?;
            let mut hand = Hand::new(self.stage, person);
            mine::act(&mut hand, &mut self.memory, act).await.with_context(|| format!("in {}", scene.key()))?;
            self.take_notes(&hand, scene.key()).await?;
            time::rest(&self.stage.remote, self.bot).await?;
        }
        Ok(())
    }

    async fn close(&mut self, scene: &Scene) -> Result<()> {
        let mut hand = Hand::new(self.stage, self.founder()?);
        let itself = host::has_closed(&hand, scene).await.with_context(|| format!("looking for {}", scene.key()))?;
        if itself {
            self.tally.closed_by_itself += 1;
        } else {
            host::close(&mut hand, scene).await.with_context(|| format!("closing {}", scene.key()))?;
            self.take_notes(&hand, HOSTING).await?;
            self.shaken().await?;
        }
        self.acts(scene, &scene.then).await?;
        let how = if itself { "has closed by itself" } else { "closes" };
        self.stage.say(&format!("{}  {} {how}.", day(scene.looks().to_utc()), self.title(scene)));
        Ok(())
    }
}

/// At one moment, what closes comes before what opens, and people come between opening and closing.
fn rank(item: Item) -> (u8, usize) {
    match item {
        Item::Fair => (0, 0),
        Item::Weather(nth) => (4, nth),
        Item::Close(nth) => (0, nth),
        Item::Open(nth) => (1, nth),
        Item::Visit(nth, order) => (2, nth * 100 + order),
        Item::Later(nth) => (3, nth),
    }
}

/// A moment as progress tells it.
pub fn day(at: DateTime<Utc>) -> String {
    at.format("%a %d %b %H:%M").to_string()
}
