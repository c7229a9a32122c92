//! How fast pictures are drawn, as ratios: `cargo bench --bench drawing`.
//!
//! The worked example is rehearsed once; its board is then given ten and forty times the cards. Each canvas is
//! compiled of the board (*value*) and goes to HTML here, and to PNG and PDF through the process that draws, as in
//! service, first and warm (one step on it worded otherwise, as when somebody has mended a card). Numbers of one
//! machine say little about another: each stands beside a floor of the same run, a canvas on which nothing was
//! written yet.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and ends where it cannot measure")]

mod crowd;

use std::time::{Duration, Instant};

use jointpath::app::{Drawer, Easel, canvas_of};
use jointpath::canvas::draw::{Ink, Order, Paper, Picture};
use jointpath::canvas::{Body, Canvas, html};
use jointpath::path::{Board, Viewer, view};
use jointpath::prompts::{self, Prompts};
use jointpath::rehearsal::{BotPlace, Options, run, worked_example};
use jointpath::store::Store;

/// How often a warm drawing is made; the middle one is printed.
const TIMES: usize = 5;
/// A limit of memory that no other process has, to know ours by.
const MEMORY: u64 = (768 << 20) + 4096;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure());
}

async fn measure() {
    let prompts = prompts::load(&prompts::built_in()).unwrap();
    let board = rehearsed(&prompts).await;
    println!("Canvas to picture, in a process of its own");
    let floor = row("nothing written yet", &crowd::nothing(&board), &prompts, None).await;
    for times in [1, 10, 40] {
        let crowd = crowd::times(&board, times);
        let name = format!("the example × {times}: {} cards", crowd.cards.len());
        row(&name, &crowd, &prompts, Some(&floor)).await;
    }
}

/// The worked example's board at the end of its Path.
async fn rehearsed(prompts: &Prompts) -> Board {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        script: worked_example().to_owned(),
        prompts: prompts.clone(),
        out: folder.path().to_owned(),
        seed: 1,
        record: None,
        database: None,
        pictures: false,
        bot: BotPlace { program: env!("CARGO_BIN_EXE_jointpath").into(), arguments: Vec::new() },
        kill: None,
        blow: None,
        is_quiet: true,
    };
    run(options).await.unwrap();
    let database = folder.path().join("rehearsal.db");
    let store = Store::open_read_only(database.to_str().unwrap()).await.unwrap();
    let (_, id) = store.rooms().await.unwrap()[0];
    store.load(id).await.unwrap().unwrap()
}

fn canvas(board: &Board, prompts: &Prompts) -> Canvas {
    canvas_of(&view(board, Viewer::Room, board.changed_at()), prompts)
}

/// Measures one board's canvas, in a new process, and prints it; gives the warm times of PNG and PDF, and those of
/// HTML and of the canvas itself.
async fn row(name: &str, board: &Board, prompts: &Prompts, floor: Option<&[Duration; 4]>) -> [Duration; 4] {
    println!("  {name}");
    let started = Instant::now();
    let canvas = &canvas(board, prompts);
    let compiled = started.elapsed();
    let easel = Easel { program: Some(env!("CARGO_BIN_EXE_jointpath").into()), memory: MEMORY, ..Easel::default() };
    let drawer = Drawer::new(Easel { wall: Duration::from_mins(2), ..easel });
    let mut warm = [Duration::ZERO; 4];
    for (at, (form, paper, ink)) in
        [("PNG", Paper::Screen, Ink::Png), ("PDF", Paper::A3, Ink::Pdf)].into_iter().enumerate()
    {
        let first = draw(&drawer, canvas, 0, paper, ink).await;
        let mut times = Vec::new();
        for nth in 1..=TIMES {
            times.push(draw(&drawer, canvas, nth, paper, ink).await);
        }
        times.sort_unstable();
        warm[at] = times[TIMES / 2];
        tell(form, Some(first), warm[at], floor.map(|floor| floor[at]));
    }
    let started = Instant::now();
    std::hint::black_box(html(canvas));
    warm[2] = started.elapsed();
    tell("HTML", None, warm[2], floor.map(|floor| floor[2]));
    warm[3] = compiled;
    tell("value", None, warm[3], floor.map(|floor| floor[3]));
    println!("    most memory {} MiB", peak().map_or_else(|| "?".to_owned(), |kib| (kib / 1024).to_string()));
    warm
}

/// One drawing; a word of it differs from time to time, so that nothing is handed out from the shelf.
async fn draw(drawer: &Drawer, canvas: &Canvas, nth: usize, paper: Paper, ink: Ink) -> Duration {
    let mut canvas = canvas.clone();
    let step = canvas.sections.iter_mut().find_map(|section| match &mut section.body {
        Body::Steps { steps } => steps.first_mut().map(|step| &mut step.text),
        _ => None,
    });
    // Where nothing was written yet, there is a name at least.
    let words = step.unwrap_or(&mut canvas.head.name);
    *words = format!("{nth} {words}");
    let started = Instant::now();
    let drawing = drawer.draw(&Order::picture(&canvas, &Picture::Whole, paper, ink)).await.unwrap();
    let took = started.elapsed();
    assert!(!drawing.pages.is_empty());
    took
}

fn tell(form: &str, first: Option<Duration>, warm: Duration, floor: Option<Duration>) {
    let ms = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1000.0);
    let first = first.map_or_else(String::new, |first| format!("first {}, ", ms(first)));
    let ratio = floor.map_or_else(String::new, |floor| {
        format!(", {:.1} × the floor", warm.as_secs_f64() / floor.as_secs_f64().max(f64::EPSILON))
    });
    println!("    {form:<6}{first}warm {}{ratio}", ms(warm));
}

/// The most memory that the process which draws has held, in KiB; where the system tells.
fn peak() -> Option<u64> {
    let ending = format!("\0--memory\0{MEMORY}\0");
    let folders = std::fs::read_dir("/proc").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let is_ours = |line: Vec<u8>| String::from_utf8_lossy(&line).ends_with(&ending);
    let ours = folders.filter(|folder| std::fs::read(folder.join("cmdline")).is_ok_and(is_ours));
    let peaks = ours.filter_map(|folder| {
        let status = std::fs::read_to_string(folder.join("status")).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
    });
    peaks.max()
}
