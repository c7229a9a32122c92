//! What the Path asks of a person: taps, characters read and typed, and minutes by a plain model.

use std::collections::BTreeMap;

/// Seconds for one tap: find it, press it, see what comes. Keystroke-level models of touch screens
/// give 1 to 2 seconds for pointing and deciding; we take the upper end, for a tired reader.
pub const TAP_SECONDS: f64 = 2.0;
/// Characters read in a minute: about 180 words, a slow pace for reading on a screen in a second
/// language.
pub const READ_CHARS_PER_MINUTE: f64 = 1000.0;
/// Characters typed in a minute on a phone, thinking included: a little under what is measured for
/// copying (about 36 words, 180 characters).
pub const TYPED_CHARS_PER_MINUTE: f64 = 150.0;

/// What was asked of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Presses, choices and sent forms.
    pub taps: u32,
    /// Characters read, each line once a visit: what stood there before is only glanced at.
    pub read_chars: u32,
    /// Characters typed.
    pub typed_chars: u32,
}

impl Effort {
    /// Minutes by the model.
    #[must_use]
    pub fn minutes(&self) -> f64 {
        f64::from(self.taps) * TAP_SECONDS / 60.0
            + f64::from(self.read_chars) / READ_CHARS_PER_MINUTE
            + f64::from(self.typed_chars) / TYPED_CHARS_PER_MINUTE
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            taps: self.taps + other.taps,
            read_chars: self.read_chars + other.read_chars,
            typed_chars: self.typed_chars + other.typed_chars,
        }
    }
}

/// What was asked of everybody: by person, then by what was open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Efforts(pub BTreeMap<String, BTreeMap<String, Effort>>);

impl Efforts {
    /// Adds what one visit took.
    pub fn add(&mut self, person: &str, scene: &str, effort: Effort) {
        let entry = self.0.entry(person.to_owned()).or_default().entry(scene.to_owned()).or_default();
        *entry = entry.and(effort);
    }

    /// What was asked of one person in all.
    #[must_use]
    pub fn of(&self, person: &str) -> Effort {
        self.0.get(person).into_iter().flat_map(BTreeMap::values).fold(Effort::default(), |all, one| all.and(*one))
    }
}

#[cfg(test)]
mod tests {
    use super::Effort;

    #[test]
    fn minutes_are_taps_and_reading_and_typing() {
        let effort = Effort { taps: 30, read_chars: 2000, typed_chars: 300 };
        assert!((effort.minutes() - 5.0).abs() < 1e-9, "1 + 2 + 2 minutes, not {}", effort.minutes());
    }
}
