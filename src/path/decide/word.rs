//! What hosts say in a sitting's opening post: a word above it before it opens, and the text that invites, as long as
//! people still read it.

use super::Outcome;
use super::founding::within;
use super::making::{Making, unknown};
use crate::path::board::Board;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::{Person, Who};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::window::Window;
use crate::path::word::{Word, WordAct};
use crate::path::wording;

/// The most characters of a host's word.
pub const WORD_CHARS_MAX: u32 = 400;
/// The most characters of a host's invitation: as many as the words files may have there.
pub const INVITATION_CHARS_MAX: u32 = 600;

pub(super) fn decide(making: Making, who: &Who, act: &WordAct) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    making.board.plan.sitting(act.sitting()).ok_or_else(|| unknown(act.sitting()))?;
    match act {
        WordAct::Above { sitting, text } => word(making, &host, sitting, text),
        WordAct::Instead { sitting, text } => invite(making, &host, sitting, text),
    }
}

/// A host writes a word for a sitting that has not opened, words it anew, or takes it back (no words).
fn word(mut making: Making, host: &Person, sitting: &str, text: &str) -> Result<Outcome, Refusal> {
    if is_begun(&making.board, sitting) {
        return Err(Refusal::AlreadyOpen { what: sitting.to_owned() });
    }
    let text = within(wording::clean(text), "foreword", WORD_CHARS_MAX)?;
    let sitting = sitting.to_owned();
    if text.is_empty() {
        if making.board.words.contains_key(&sitting) {
            making.record(Change::WordGone(sitting.clone()));
        }
        return Ok(making.done(Said::new("word-gone").with("sitting", sitting)));
    }
    let said = Said::new("word-kept").with("sitting", &sitting);
    let at = making.now;
    making.record(Change::Word(Word { sitting, by: host.id, text, at }));
    Ok(making.done(said))
}

/// A host words the invitation anew, or goes back to the words of the files (no text). The later of two hosts' texts
/// stands, and whoever wrote the other is told.
fn invite(mut making: Making, host: &Person, sitting: &str, text: &str) -> Result<Outcome, Refusal> {
    let is_open = is_open(&making.board, sitting);
    if is_begun(&making.board, sitting) && !is_open {
        return Err(Refusal::SittingOver { sitting: sitting.to_owned() });
    }
    let text = within(wording::clean(text), "invitation", INVITATION_CHARS_MAX)?;
    let old = making.board.invitations.get(sitting).cloned();
    let said = |key: &str| Said::new(key).with("sitting", sitting);
    match &old {
        None if text.is_empty() => return Ok(making.done(said("invitation-ours"))),
        Some(old) if old.text == text => return Ok(making.done(said("invitation-same"))),
        _ => {}
    }
    let (change, key, told) = if text.is_empty() {
        (Change::InvitationGone(sitting.to_owned()), "invitation-gone", "invitation-undone")
    } else {
        let word = Word { sitting: sitting.to_owned(), by: host.id, text, at: making.now };
        (Change::Invitation(word), "invitation-kept", "invitation-replaced")
    };
    making.record(change);
    if is_open {
        making.notice(Notice::Reworded { sitting: sitting.to_owned() });
    }
    let other = old.filter(|old| old.by != host.id).and_then(|old| making.person(old.by).ok());
    let Some(other) = other else { return Ok(making.done(said(key))) };
    if other.takes_part() {
        making.tell(other.id, said(told).with("name", &host.name), None);
    }
    Ok(making.done(said(&format!("{key}-over")).with("name", &other.name)))
}

/// The windows that opened with the sitting: those of its opening post.
fn windows<'a>(board: &'a Board, sitting: &'a str) -> impl Iterator<Item = &'a Window> {
    let is_of = move |window: &&Window| board.plan.sitting_of(&window.ask).is_some_and(|(_, of)| of.key == sitting);
    board.windows.values().filter(|window| !window.alone).filter(is_of)
}

fn is_open(board: &Board, sitting: &str) -> bool {
    windows(board, sitting).any(Window::is_open)
}

/// Whether it was opened, so that it is open or over.
fn is_begun(board: &Board, sitting: &str) -> bool {
    windows(board, sitting).next().is_some()
}
