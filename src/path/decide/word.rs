//! A word from a host, before a sitting opens.

use super::Outcome;
use super::founding::within;
use super::making::{Making, unknown};
use crate::path::change::Change;
use crate::path::people::Who;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::word::Word;
use crate::path::wording;

/// The most characters of a host's word.
pub const WORD_CHARS_MAX: u32 = 400;

/// A host writes a word for a sitting that has not opened, words it anew, or takes it back (no words).
pub(super) fn word(mut making: Making, who: &Who, sitting: &str, text: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let (_, found) = making.board.plan.sitting(sitting).ok_or_else(|| unknown(sitting))?;
    if found.asks.iter().any(|ask| making.board.window_of(&ask.key).is_some()) {
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
