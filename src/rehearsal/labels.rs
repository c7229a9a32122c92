//! What people look for on a screen: labels and titles, all in one place.
//!
//! They come from the same words file that the bot speaks from, since people have nothing else to go
//! by either. Nothing here knows a custom id.

use crate::path::plan::{Ask, Field};

use super::stage::Stage;

/// Keys of labels in the words.
pub mod key {
    /// *Start · 6 min*.
    pub const START: &str = "start-minutes";
    /// *Next*.
    pub const NEXT: &str = "next";
    /// *Done*, below figures.
    pub const DONE: &str = "done";
    /// *Skip*.
    pub const SKIP: &str = "skip";
    /// *Told*.
    pub const TOLD: &str = "told";
    /// *Write*.
    pub const WRITE: &str = "write";
    /// *Write another*.
    pub const ANOTHER: &str = "another";
    /// *Go on*, in a form of several pages.
    pub const GO_ON: &str = "go-on";
    /// *Give*.
    pub const GIVE: &str = "give";
    /// *Stands*.
    pub const STANDS: &str = "stands";
    /// *Stands, with a remark…*
    pub const REMARK: &str = "stands-remark";
    /// *Not yet, because…*
    pub const NOT_YET: &str = "not-yet";
    /// Which line of a slate.
    pub const WHICH_LINE: &str = "which-line";
    /// *More partners*.
    pub const MORE_PARTNERS: &str = "more-partners";
    /// The last choice of a menu that has further pages.
    pub const MORE_CHOICES: &str = "more-choices";
    /// Pick a field to place figures on.
    pub const PICK_FIELD: &str = "pick-field";
    /// Pick a card of the tree.
    pub const PICK_CARD: &str = "pick-card";
    /// Where it lies under.
    pub const LIES_UNDER: &str = "lies-under";
    /// *That's me*.
    pub const THATS_ME: &str = "thats-me";
    /// Pick your name.
    pub const PICK_NAME: &str = "pick-name";
    /// The box for a zone.
    pub const ZONE_BOX: &str = "zone-box";
    /// *Where is mine?*, below a closing post.
    pub const WHERE_IS_MINE: &str = "where-is-mine";
    /// *Set up*.
    pub const SET_UP: &str = "set-up";
    /// *What waits for me*, and the cards in it that wait for a yes.
    pub const CONFIRM: &str = "confirm-hint";
    /// *Yes*.
    pub const YES: &str = "yes";
    /// *No*.
    pub const NO: &str = "no";
    /// *Change*.
    pub const CHANGE: &str = "change";
    /// One of my cards.
    pub const CHANGE_ONE: &str = "change-one";
    /// *Take back*.
    pub const TAKE_BACK: &str = "take-back";
    /// *Take back* indeed.
    pub const TAKE_BACK_YES: &str = "take-back-yes";
    /// *What I gave*.
    pub const WHAT_I_GAVE: &str = "what-i-gave";
    /// *More…*, to the next page of it.
    pub const MORE: &str = "more";
    /// *Support it instead*.
    pub const SUPPORT: &str = "support-it";
    /// *Let mine stand alone*.
    pub const STAND_ALONE: &str = "stand-alone";
    /// *Split mine off*.
    pub const SPLIT_OFF: &str = "split-mine-off";
    /// *Ask to open this again…*
    pub const ASK_AGAIN: &str = "ask-again";
    /// The box for why.
    pub const AGAIN_BOX: &str = "again-box";
    /// *Stands, subject to approval…*
    pub const SUBJECT: &str = "stands-subject";
    /// Which approval.
    pub const PICK_APPROVAL: &str = "pick-approval";
    /// *Approved*.
    pub const SAY_APPROVED: &str = "say-approved";
    /// *All of them*, where a host may leave a choice open.
    pub const ALL_OF_THEM: &str = "all-of-them";
    /// The command on a message.
    pub const GIVE_THIS: &str = "give-this";
}

/// What stands in a reply after something was saved.
pub const TICK: char = '✓';

impl Stage<'_> {
    /// A short label, without the gaps that the program fills.
    #[must_use]
    pub fn label(&self, key: &str) -> String {
        let label = self.words.label(key);
        let until_gap = label.split("{{").next().unwrap_or_default();
        until_gap.trim().trim_end_matches('·').trim().to_owned()
    }

    /// An ask's title.
    #[must_use]
    pub fn title(&self, ask: &str) -> String {
        self.words.ask(ask).title
    }

    /// What stands above a field.
    #[must_use]
    pub fn field_label(&self, ask: &Ask, field: &Field) -> String {
        let label = self.words.ask(&ask.key).fields.get(&field.key).map(|words| words.label.clone());
        label.filter(|label| !label.is_empty()).unwrap_or_else(|| field.key.clone())
    }

    /// A choice in words.
    #[must_use]
    pub fn choice(&self, ask: &str, field: &str, choice: &str) -> String {
        let key = (field.to_owned(), choice.to_owned());
        self.words.ask(ask).choices.get(&key).cloned().unwrap_or_else(|| choice.to_owned())
    }

    /// A pile's name, as it stands on its buttons.
    #[must_use]
    pub fn pile(&self, ask: &str, pile: &str) -> String {
        self.words.ask(ask).piles.get(pile).cloned().unwrap_or_else(|| pile.to_owned()).to_lowercase()
    }
}

/// How well what stands there is what somebody looks for; 0: not at all.
///
/// Menus cut long words, number the cards of a tree and put a partner before its card.
#[must_use]
pub fn likeness(stands: &str, wanted: &str) -> u8 {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (stands, wanted) = (plain(stands), plain(wanted));
    let one = |text: &str| {
        let cut = text.trim_end_matches('…').trim_end();
        match () {
            () if text == wanted => 4,
            () if cut.len() < text.len() && cut.len() >= 12 && wanted.starts_with(cut) => 3,
            () => 0,
        }
    };
    let numbered = stands.split_once(' ').map_or(0, |(_, rest)| one(rest).min(3));
    let of_partner = stands.split_once(": ").map_or(0, |(_, rest)| one(rest).min(3));
    one(&stands).max(numbered).max(of_partner)
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn people_find_what_they_look_for() {
        let wanted = "Household waste in the riverside wards is collected irregularly";
        for (stands, found) in [
            (wanted, true),
            ("C1 Household waste in the riverside wards is collected irregularly", true),
            ("RWA: Household waste in the riverside…", true),
            ("Household waste in the market…", false),
            ("Household", false),
            ("", false),
        ] {
            assert_eq!(likeness(stands, wanted) > 0, found, "{stands}");
        }
    }
}
