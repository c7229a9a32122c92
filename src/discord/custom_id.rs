//! What a button, menu or form means, and its short form in Discord's custom id.
//!
//! `j1:<verb>:<arguments>`, at most 100 characters, and at the end `:o<row>` in the first component
//! of a post: its row in the outbox, by which the post is found again. The id carries all context,
//! so a button works after a restart and after a month; and it is only ever a hint: who may do what
//! comes from the database. The partnership is found by the room and not in it, but for messages to one
//! person alone: there `:p<number>` stands before the row.

use std::fmt;

use super::part::Reader;
use super::press::Press;
use crate::path::PartnershipId;

/// The version of the form. Older ones are answered with *this button is from an older post*.
const VERSION: &str = "j1";

/// A custom id: its meaning and, on a post, the post's row in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomId {
    /// What pressing, choosing or sending means.
    pub press: Press,
    /// The partnership, where the room does not tell it: in a message to one person alone.
    pub within: Option<PartnershipId>,
    /// The row of the post that it stands on.
    pub row: Option<i64>,
}

/// Why a custom id says nothing to us: another version, an unknown verb, or garbage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an unknown custom id")]
pub struct Unreadable;

impl CustomId {
    /// The same id with a post's row.
    #[must_use]
    pub fn marked(self, row: i64) -> Self {
        Self { row: Some(row), ..self }
    }

    /// The same id for use outside the partnership's rooms.
    #[must_use]
    pub fn within(self, partnership: PartnershipId) -> Self {
        Self { within: Some(partnership), ..self }
    }

    /// Reads an id.
    ///
    /// # Errors
    /// [`Unreadable`] if it is not one of ours, or of another version.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let mut parts = text.split(':');
        if parts.next() != Some(VERSION) {
            return Err(Unreadable);
        }
        let mut reader = Reader::new(parts.collect());
        let press = Press::read(&mut reader).ok_or(Unreadable)?;
        let (within, rest) = match reader.rest() {
            [first, rest @ ..] if first.starts_with('p') => (Some(PartnershipId(number(first, 'p')?)), rest),
            rest => (None, rest),
        };
        let row = match rest {
            [] => None,
            [mark] => Some(number(mark, 'o')?),
            _ => return Err(Unreadable),
        };
        Ok(Self { press, within, row })
    }
}

impl From<Press> for CustomId {
    fn from(press: Press) -> Self {
        Self { press, within: None, row: None }
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:{}", self.press.parts().join(":"))?;
        if let Some(partnership) = self.within {
            write!(f, ":p{partnership}")?;
        }
        match self.row {
            Some(row) => write!(f, ":o{row}"),
            None => Ok(()),
        }
    }
}

/// A number behind its letter.
fn number(text: &str, letter: char) -> Result<i64, Unreadable> {
    text.strip_prefix(letter).and_then(|number| number.parse().ok()).ok_or(Unreadable)
}

/// Whether a component's id carries this row's mark.
#[must_use]
pub fn is_marked(text: &str, row: i64) -> bool {
    CustomId::read(text).is_ok_and(|id| id.row == Some(row))
}

/// [`opening`] for forms that are not counted by it: short, because their ids hold much else.
#[must_use]
pub fn opening_short(interaction: u64) -> String {
    opening(interaction % 36_u64.pow(6))
}

/// The ending that makes each opening of a form its own: some phones show an old form's words again
/// where two openings share an id. Made from the interaction that opens it, so it replays.
#[must_use]
pub fn opening(interaction: u64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut rest = interaction;
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(DIGITS[usize::try_from(rest % 36).unwrap_or(0)]));
        rest /= 36;
        if rest == 0 {
            return digits.iter().rev().collect();
        }
    }
}
