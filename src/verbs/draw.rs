//! `draw`: the process that draws, started by the program itself and by nobody else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Context;

use crate::app;
use crate::canvas::draw::{DrawError, Drawing, Fonts, Order, draw as draw_order, forget, forget_all};
use crate::config::Drawing as Limits;

/// Deep layouts need a deep stack; it is taken only as far as it is used.
const STACK: usize = 64 << 20;

/// So much longer than the wall: who asked for the drawing ends it first, if they are there.
const GRACE: Duration = Duration::from_secs(5);

/// Draws what comes in as orders, one a line, until nobody asks any more.
///
/// # Errors
/// If the limits cannot be set, or the pipes break.
pub fn draw(limits: &Limits) -> anyhow::Result<()> {
    keep_within(limits.memory)?;
    // What a panic says may hold somebody's words: only its place is told.
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(place = panic.location().map(tracing::field::display), "a drawing broke off");
    }));
    let wall = Duration::from_millis(limits.wall);
    let at_work =
        std::thread::Builder::new().stack_size(STACK).spawn(move || work(wall)).context("no thread to draw with")?;
    at_work.join().map_err(|_| anyhow::anyhow!("the drawing thread ended"))?.context("nobody waits for drawings")
}

fn work(wall: Duration) -> std::io::Result<()> {
    let fonts = fonts();
    let mut paper = None;
    app::serve_drawings(std::io::stdin().lock(), std::io::stdout().lock(), |order| {
        if paper.replace(order.paper).is_some_and(|before| before != order.paper) {
            forget_all();
        }
        let done = watched(wall);
        let drawn = carefully(order, &fonts);
        drop(done);
        forget();
        drawn
    })
}

/// Ends this process if what is returned is not dropped in time: whoever asked may be gone, and could then
/// not end it.
fn watched(wall: Duration) -> mpsc::Sender<()> {
    let (done, in_time) = mpsc::channel();
    drop(std::thread::spawn(move || {
        if in_time.recv_timeout(wall + GRACE) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::error!("a drawing took too long, and nobody ended it");
            std::process::exit(1);
        }
    }));
    done
}

/// One drawing; a panic in it is a fault like any other.
fn carefully(order: &Order, fonts: &Fonts) -> Result<Drawing, DrawError> {
    catch_unwind(AssertUnwindSafe(|| draw_order(order, fonts)))
        .unwrap_or_else(|_| Err(DrawError::Layout("a panic, see the log".to_owned())))
}

/// The faces that are built in, and those of this machine.
pub(super) fn fonts() -> Fonts {
    Fonts::built_in().and(typst_kit::fonts::system())
}

/// From here on the process has no more memory than this, and gives way to whoever answers people.
#[cfg(unix)]
fn keep_within(memory: u64) -> anyhow::Result<()> {
    use rustix::process::{Resource, Rlimit, nice, setrlimit};
    const BEHIND: i32 = 10;
    let limit = Rlimit { current: Some(memory), maximum: Some(memory) };
    setrlimit(Resource::Data, limit).context("the limit of memory cannot be set")?;
    let _ = nice(BEHIND);
    Ok(())
}

#[cfg(not(unix))]
fn keep_within(_: u64) -> anyhow::Result<()> {
    Ok(())
}
