//! Whole contributions: a person presses, fills in a form, sends it, and reads the tick that means *on disk*.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jointpath::prompts::{self, Prompts};
use jointpath::sandbox::remote::Seen;
use jointpath::store::Store;
use serde_json::json;

use crate::commits::Commits;
use crate::echo::Floor;
use crate::measured::{middle, ms, quantile, rate};
use crate::town::{ANN, BEA, BEN, CID, Town};

const PEOPLE: [u64; 4] = [ANN, BEA, BEN, CID];
/// Blocks are interleaved, so that whatever else the machine does falls on all alike.
const BLOCKS: usize = 6;
const BLOCK: Duration = Duration::from_millis(1200);
const COMMITS: Duration = Duration::from_millis(300);

/// The shipped Path, but one may give as many causes as one likes.
fn without_end() -> Prompts {
    let mut prompts = prompts::load(&prompts::built_in()).unwrap();
    let sittings = prompts.plan.phases.iter_mut().flat_map(|phase| &mut phase.sittings);
    let ask = sittings.flat_map(|sitting| &mut sitting.asks).find(|ask| ask.key == "causes").unwrap();
    ask.each.max = u16::MAX;
    prompts
}

/// The real bot, and what each person has before them.
struct House {
    town: Town,
    screens: Vec<Mutex<Seen>>,
}

impl House {
    async fn start() -> Self {
        let town = Town::with(without_end()).await.set_up().await;
        town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
        town.settle().await;
        let mut screens = Vec::new();
        for user in PEOPLE {
            screens.push(Mutex::new(town.write(user, &["groundwork", "causes"], "The first of many").await));
        }
        Self { town, screens }
    }

    /// Press, form, send, tick.
    async fn one(&self, who: usize, words: &str) -> Duration {
        let (user, screen) = (PEOPLE[who], self.screens[who].lock().unwrap().clone());
        let started = Instant::now();
        let form = self.town.press(user, &screen, "write-another").await;
        let seen = self.town.fill(user, &form, &[words]).await;
        let took = started.elapsed();
        assert!(seen.text().contains('✓'), "no tick: {:?}", seen.text());
        *self.screens[who].lock().unwrap() = seen;
        took
    }

    /// How many causes lie on disk, read past the process that writes.
    async fn on_disk(&self) -> usize {
        let store = Store::open_read_only(&self.town.database()).await.unwrap();
        let (_, id) = store.rooms().await.unwrap()[0];
        let board = store.load(id).await.unwrap().unwrap();
        board.cards.values().filter(|card| card.source == "causes").count()
    }
}

/// Runs one deed after another until the block is over.
async fn block(span: Duration, mut deed: impl AsyncFnMut(usize) -> Duration) -> Vec<Duration> {
    let started = Instant::now();
    let mut times = Vec::new();
    while started.elapsed() < span {
        times.push(deed(times.len()).await);
    }
    times
}

/// One person after another: how long one waits.
async fn waits(house: &House, floor: &Floor, commits: &mut Commits) -> usize {
    let (mut ours, mut echoes, mut disk) = (Vec::new(), Vec::new(), Vec::new());
    let mut ratios = Vec::new();
    for _ in 0..BLOCKS {
        let mut of_echo = block(BLOCK, async |n| floor.one(PEOPLE[n % 4], &format!("Words number {n}")).await).await;
        let mut of_disk = block(COMMITS, async |_| commits.one().await).await;
        let mut of_ours = block(BLOCK, async |n| house.one(n % 4, &format!("Cause number {n}")).await).await;
        let floor = quantile(&mut of_echo, 0.5) + quantile(&mut of_disk, 0.5);
        ratios.push(quantile(&mut of_ours, 0.5).as_secs_f64() / floor.as_secs_f64());
        ours.append(&mut of_ours);
        echoes.append(&mut of_echo);
        disk.append(&mut of_disk);
    }
    println!("\nOne contribution (press, form, send, tick), one person at a time      half      99 of 100");
    for (name, times) in [
        ("a bot that only echoes (the wire's floor)", &mut echoes),
        ("one bare commit, synchronous = FULL (the disk's floor)", &mut disk),
        ("Joint Path: serenity, writer, SQLite, tick", &mut ours),
    ] {
        println!("  {name:<56} {:>12} {:>12}", ms(quantile(times, 0.5)), ms(quantile(times, 0.99)));
    }
    println!("  Joint Path to the two floors together: {}", middle(ratios));
    ours.len()
}

/// All four at once: how much goes through.
async fn throughput(house: &House, floor: &Floor) -> usize {
    let (mut ratios, mut all, mut ours, mut echoes) = (Vec::new(), 0, 0.0_f64, 0.0_f64);
    for _ in 0..BLOCKS {
        let lanes = PEOPLE.map(|user| block(BLOCK, async move |n| floor.one(user, &format!("Words number {n}")).await));
        let started = Instant::now();
        let count: usize = join_all(lanes).await.iter().map(Vec::len).sum();
        let echo = rate(count, started.elapsed());
        let lanes =
            [0, 1, 2, 3].map(|who| block(BLOCK, async move |n| house.one(who, &format!("Cause number {n}")).await));
        let started = Instant::now();
        let count: usize = join_all(lanes).await.iter().map(Vec::len).sum();
        let own = rate(count, started.elapsed());
        all += count;
        ratios.push(own / echo);
        (ours, echoes) = (ours.max(own), echoes.max(echo));
    }
    println!("\nFour people at once, the best of {BLOCKS} blocks");
    println!("  a bot that only echoes                                   {echoes:>8.0} contributions a second");
    println!("  Joint Path                                               {ours:>8.0} contributions a second");
    println!("  Joint Path to the floor: {}", middle(ratios));
    all
}

/// Measures, and prints.
pub(crate) async fn run() {
    let folder = tempfile::tempdir().unwrap();
    let mut commits = Commits::open(&folder.path().join("floor.db").to_string_lossy()).await;
    let floor = Floor::start().await;
    let house = House::start().await;
    let ticked = PEOPLE.len() + waits(&house, &floor, &mut commits).await + throughput(&house, &floor).await;
    let stored = house.on_disk().await;
    println!("\n{ticked} ticks were given, {stored} cards lie on disk.");
    assert_eq!(ticked, stored, "a figure of speed counts only if every tick was true");
}
