//! Drawing in a process of its own: its caps, its end, and what it knows.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jointpath::app::{Drawer, Easel, Undrawn, canvas_of};
use jointpath::canvas::draw::{Drawing, Ink, Order, Paper, Picture};
use jointpath::path::{PartnershipId, Viewer, found, view};
use jointpath::prompts::{built_in, load};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::founded::{founder, founding};

fn easel() -> Easel {
    // Long enough for a small page on a very busy machine.
    let wall = Duration::from_mins(1);
    Easel { program: Some(env!("CARGO_BIN_EXE_jointpath").into()), wall, ..Easel::default() }
}

/// A small order, another one for every name: where a partnership is that has only been founded.
fn order(name: &str) -> Order {
    let prompts = load(&built_in()).unwrap();
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let plan = Arc::new(prompts.plan.clone());
    let (mut board, outcome) = found(plan, PartnershipId(1), &founding(name), &founder(), now).unwrap();
    board.apply(&outcome.changes);
    let canvas = canvas_of(&view(&board, Viewer::Room, now), &prompts);
    Order::picture(&canvas, &Picture::Progress, Paper::A4, Ink::Pdf)
}

/// An order that no constructor makes: ten million letters.
fn endless() -> Order {
    let mut endless = order("endless");
    let words = "word ".repeat(2_000_000);
    endless.data["title"] = words.clone().into();
    endless.data["canvas"]["head"]["name"] = words.into();
    endless
}

fn is_pdf(drawing: &Drawing) -> bool {
    drawing.pages.len() == 1 && drawing.pages[0].starts_with(b"%PDF")
}

/// The processes that draw for this test: children of ours whose command is `draw` and ends in `--memory N`.
/// Elsewhere nobody can be asked.
#[cfg(not(target_os = "linux"))]
fn painters(_: u64) -> Vec<PathBuf> {
    Vec::new()
}

#[cfg(target_os = "linux")]
fn painters(memory: u64) -> Vec<PathBuf> {
    let wanted = format!("\0--memory\0{memory}\0");
    let folders = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path());
    folders
        .filter(|folder| {
            std::fs::read(folder.join("cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).ends_with(&wanted))
        })
        .collect()
}

#[tokio::test]
async fn an_order_comes_back_as_a_drawing() {
    // A limit that nobody else has, to know our process by; it is replaced after every drawing.
    const MEMORY: u64 = (700 << 20) + 8192;
    let drawer = Drawer::new(Easel { memory: MEMORY, drawings: 1, ..easel() });
    let first = drawer.draw(&order("one")).await.unwrap();
    assert!(is_pdf(&first));
    let by = painters(MEMORY);
    assert_eq!(drawer.draw(&order("one")).await.unwrap(), first);
    assert_eq!(painters(MEMORY), by, "what was drawn before is kept, and nobody draws it again");
    assert!(is_pdf(&drawer.draw(&order("two")).await.unwrap()));
    assert!(cfg!(not(target_os = "linux")) || painters(MEMORY) != by, "another order needs a new process");
}

/// What the program answers to an order, byte by byte, however long that takes.
#[cfg(unix)]
fn answer_to(order: &Order) -> Vec<u8> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut program = Command::new(env!("CARGO_BIN_EXE_jointpath"));
    let program = program.args(["draw", "--wall", "120000", "--memory", &easel().memory.to_string()]);
    let mut program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    writeln!(program.stdin.take().unwrap(), "{}", serde_json::to_string(order).unwrap()).unwrap();
    let answer = program.wait_with_output().unwrap();
    assert!(answer.status.success());
    answer.stdout
}

/// A program that gives this answer to any order; but it sleeps as long as there is a file `asleep` beside it.
#[cfg(unix)]
fn sleeper(folder: &std::path::Path, answer: &[u8]) -> PathBuf {
    let at = |name: &str| folder.join(name);
    std::fs::write(at("answer"), answer).unwrap();
    let script = "#!/bin/sh\ncd \"${0%/*}\"\nif [ -e asleep ]; then exec /bin/sleep 3600; fi\n\
                  read -r order\n/bin/cat answer\nread -r another\n";
    std::fs::write(at("script"), script).unwrap();
    // Put there by another process: what this one has written, its other children may still hold open.
    let put = std::process::Command::new("install").args(["-m", "700"]).args([at("script"), at("program")]).status();
    assert!(put.unwrap().success());
    at("program")
}

#[cfg(unix)]
#[tokio::test]
async fn what_takes_too_long_is_ended_and_the_next_one_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let asleep = folder.path().join("asleep");
    std::fs::write(&asleep, "").unwrap();
    // No drawing is awaited here, only a shell that hands one on: that is time enough.
    let program = Some(sleeper(folder.path(), &answer_to(&order("after"))));
    let drawer = Drawer::new(Easel { program, wall: Duration::from_secs(10), ..easel() });
    assert_eq!(drawer.draw(&order("slow")).await, Err(Undrawn::TooLong));
    std::fs::remove_file(&asleep).unwrap();
    assert!(is_pdf(&drawer.draw(&order("after")).await.unwrap()));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_needs_too_much_memory_is_a_clear_word() {
    // Enough to start with and for any page, not for ten million letters past every cap.
    let drawer = Drawer::new(Easel { memory: 192 << 20, wall: Duration::from_mins(2), ..easel() });
    let undrawn = drawer.draw(&endless()).await.unwrap_err();
    assert_eq!(undrawn, Undrawn::TooLarge);
    assert!(is_pdf(&drawer.draw(&order("after")).await.unwrap()));
}

#[tokio::test]
async fn more_than_can_wait_are_told_so() {
    let drawer = Drawer::new(Easel { queue: 1, ..easel() });
    let orders: Vec<Order> = (0..6).map(|n| order(&format!("order {n}"))).collect();
    let drawn = futures_util::future::join_all(orders.iter().map(|order| drawer.draw(order))).await;
    let busy = drawn.iter().filter(|drawn| **drawn == Err(Undrawn::Busy)).count();
    assert!(busy >= 3 && drawn.iter().any(|drawn| drawn.as_ref().is_ok_and(is_pdf)), "{busy} of 6 were sent away");
}

#[tokio::test]
async fn who_asks_for_what_is_being_drawn_waits_for_the_same_drawing() {
    // A limit that nobody else has, to know our process by; it is replaced after every drawing, so a second drawing
    // would be by another process.
    const MEMORY: u64 = (700 << 20) + 12288;
    let drawer = Drawer::new(Easel { memory: MEMORY, drawings: 1, queue: 1, ..easel() });
    let places = Arc::new(Semaphore::new(1));
    let (order, other) = (order("one"), order("other"));
    let first = async {
        let drawn = drawer.draw_within(&order, &places).await;
        (drawn, painters(MEMORY))
    };
    let crowd = (0..20).map(|_| drawer.draw_within(&order, &places));
    let rest = async {
        let (all, room) = tokio::join!(futures_util::future::join_all(crowd), drawer.draw(&order));
        all.into_iter().chain([room]).collect::<Vec<_>>()
    };
    let ((first, by), rest, other) = tokio::join!(first, rest, drawer.draw_within(&other, &places));
    let first = first.unwrap();
    assert!(rest.iter().all(|drawn| drawn.as_ref() == Ok(&first)), "all of them get it");
    assert_eq!(painters(MEMORY), by, "by one drawing");
    assert_eq!(other, Err(Undrawn::Busy), "another order needs a place of its own");
    assert!(drawer.draw_within(&order, &places).await.is_ok());
    assert_eq!(places.available_permits(), 1, "which is free again");
}

#[tokio::test]
async fn what_cannot_be_drawn_has_a_reference_and_breaks_nothing() {
    let drawer = Drawer::new(easel());
    let mut broken = order("broken");
    broken.data = json!({ "title": 7 });
    let Err(Undrawn::Failed { reference }) = drawer.draw(&broken).await else { panic!("it was drawn") };
    assert_eq!(reference.len(), 4);
    assert!(is_pdf(&drawer.draw(&order("after")).await.unwrap()));
    let nowhere = Drawer::new(Easel { program: Some("/no/such/program".into()), ..easel() });
    assert!(matches!(nowhere.draw(&order("one")).await, Err(Undrawn::Failed { .. })));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_process_knows_no_secret_and_is_replaced_after_its_drawings_and_when_it_dies() {
    // A limit that nobody else has, to know our processes by.
    const MEMORY: u64 = (700 << 20) + 4096;
    let drawer = Drawer::new(Easel { memory: MEMORY, drawings: 2, ..easel() });
    assert!(painters(MEMORY).is_empty(), "nothing starts before the first order");
    drawer.draw(&order("one")).await.unwrap();
    let first = painters(MEMORY);
    assert_eq!(first.len(), 1);
    let environment = String::from_utf8(std::fs::read(first[0].join("environ")).unwrap()).unwrap();
    for entry in environment.split('\0').filter(|entry| !entry.is_empty()) {
        let name = entry.split('=').next().unwrap();
        assert!(["HOME", "XDG_DATA_HOME", "RAYON_NUM_THREADS"].contains(&name), "{name} was handed on");
    }
    drawer.draw(&order("two")).await.unwrap();
    assert_eq!(painters(MEMORY), first);
    drawer.draw(&order("three")).await.unwrap();
    let second = painters(MEMORY);
    assert!(second.len() == 1 && second != first, "{second:?} after {first:?}");
    let id = second[0].file_name().unwrap().to_str().unwrap();
    assert!(std::process::Command::new("kill").args(["-9", id]).status().unwrap().success());
    assert!(is_pdf(&drawer.draw(&order("four")).await.unwrap()), "a new one has taken its place");
}

/// Whoever asked may have been killed in the middle: then nobody is there to end a drawing but its own process.
#[test]
fn a_process_that_nobody_ends_ends_itself() {
    let mut left = std::process::Command::new(env!("CARGO_BIN_EXE_jointpath"))
        .args(["draw", "--wall", "1", "--memory", &(2_u64 << 30).to_string()])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // Its stdin stays open, as that of a process whose order has arrived and whose asker hangs.
    let mut orders = left.stdin.take().unwrap();
    serde_json::to_writer(&mut orders, &endless()).unwrap();
    std::io::Write::write_all(&mut orders, b"\n").unwrap();
    let ended = left.wait().unwrap();
    assert_eq!(ended.code(), Some(1), "{ended}");
}
