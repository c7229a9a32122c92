//! What a screen is made from: what its reader may see, and the words to say it in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::escape::{inline, inline_fit};
use crate::path::giver;
use crate::path::plan::{Ask, By, Field, FieldKind, Kind};
use crate::path::{
    Board, Card, CardId, CardState, Giver, How, PartnerId, Person, PersonId, Said, View, Window, waiting,
};
use crate::prompts::Words;

/// A view and its words.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    view: View,
    words: Cow<'a, Words>,
}

impl<'a> Scene<'a> {
    /// A view in these words.
    #[must_use]
    pub fn new(view: View, words: &'a Words) -> Self {
        let words = words.within(&view.shown().plan, inline);
        Self { view, words }
    }

    /// What the reader may see.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What is left of the board for the reader.
    #[must_use]
    pub fn board(&self) -> &Board {
        self.view.shown()
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The person who looks, if it is one.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        self.view.person()
    }

    /// Whether a host looks.
    #[must_use]
    pub fn is_host(&self) -> bool {
        self.person().is_some_and(|person| person.host && person.takes_part())
    }

    /// A label of the interface.
    #[must_use]
    pub fn label(&self, key: &str) -> String {
        self.words.label(key).to_owned()
    }

    /// A label of the interface with its gaps filled; people's words in them are escaped.
    #[must_use]
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let gaps = gaps.iter().map(|(gap, value)| ((*gap).to_owned(), inline(value))).collect();
        self.words.fill(self.words.label(key), &gaps)
    }

    /// A label with its gaps filled as they are: for buttons, menus and titles, where nothing is drawn.
    #[must_use]
    pub fn fill_plain(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let gaps = gaps.iter().map(|(gap, value)| ((*gap).to_owned(), (*value).to_owned())).collect();
        self.words.fill(self.words.label(key), &gaps)
    }

    /// Something to be said, people's words in it escaped, moments as Discord's times.
    #[must_use]
    pub fn say(&self, said: &Said) -> String {
        say(&self.words, said)
    }

    /// An ask of the partnership's own plan.
    #[must_use]
    pub fn ask(&self, key: &str) -> Option<&Ask> {
        self.board().plan.ask(key)
    }

    /// The newest window of an ask if it is open.
    #[must_use]
    pub fn open(&self, ask: &str) -> Option<&Window> {
        self.board().window_of(ask).filter(|window| window.is_open())
    }

    /// In whose name the reader gives.
    #[must_use]
    pub fn giver(&self, ask: &Ask) -> Option<Giver> {
        giver::giver(self.board(), ask, self.board().window_of(&ask.key)?, self.person()?)
    }

    /// How the reader, or the one in whose name they give, has given.
    #[must_use]
    pub fn how(&self, ask: &Ask) -> Option<How> {
        let window = self.board().window_of(&ask.key)?;
        giver::given(self.board(), window.id, self.giver(ask)?).map(|given| given.how)
    }

    /// The cards that somebody gave to an ask: their own, their partner's or their triad's.
    #[must_use]
    pub fn cards_by(&self, ask: &Ask, person: PersonId) -> Vec<&Card> {
        let partner = self.board().people.get(&person).map(|person| person.partner);
        let group = giver::group_of(self.board(), person);
        let theirs = |card: &&Card| match ask.by {
            By::Each | By::Host | By::Owner => card.by == Some(person),
            By::Partner => card.partner.is_some() && card.partner == partner,
            By::Group => card.group.is_some() && card.group == group,
            By::Drafters => true,
        };
        self.board()
            .cards
            .values()
            .filter(|card| card.source == ask.key && card.state == CardState::Open)
            .filter(theirs)
            .collect()
    }

    /// The cards that somebody gave to an ask and that stand behind others' cards now.
    #[must_use]
    pub fn behind_by(&self, ask: &Ask, person: PersonId) -> Vec<&Card> {
        let theirs = |card: &&Card| card.source == ask.key && card.by == Some(person);
        self.board().cards.values().filter(theirs).filter(|card| self.board().support_of(card).is_some()).collect()
    }

    /// All that somebody gave to an ask, whatever became of it; not what they took back, nor what they made of
    /// others' cards as a host.
    #[must_use]
    pub fn all_by(&self, ask: &Ask, person: PersonId) -> Vec<&Card> {
        let standing: Vec<CardId> = self.cards_by(ask, person).iter().map(|card| card.id).collect();
        let board = self.board();
        let joined = |card: &Card| matches!(card.state, CardState::Merged(_)) && card.by == Some(person);
        let theirs = |card: &&Card| card.source == ask.key && (standing.contains(&card.id) || joined(card));
        board.cards.values().filter(theirs).filter(|card| !board.is_made(card.id)).collect()
    }

    /// The reader's cards in an ask.
    #[must_use]
    pub fn mine(&self, ask: &Ask) -> Vec<&Card> {
        self.person().map(|person| self.cards_by(ask, person.id)).unwrap_or_default()
    }

    /// What the reader has typed or chosen and not given yet.
    #[must_use]
    pub fn draft(&self, ask: &str) -> BTreeMap<String, String> {
        let key = self.person().map(|person| (person.id, ask.to_owned()));
        key.and_then(|key| self.board().drafts.get(&key)).map(|draft| draft.fields.clone()).unwrap_or_default()
    }

    /// The which-th ask of how many it is in its sitting, of those that are asked of the reader.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<(usize, usize)> {
        let (_, sitting) = self.board().plan.sitting_of(key)?;
        let asked: Vec<&str> =
            sitting.asks.iter().filter(|ask| self.is_asked(ask)).map(|ask| ask.key.as_str()).collect();
        let nth = asked.iter().position(|asked| *asked == key)?;
        Some((nth + 1, asked.len()))
    }

    fn is_asked(&self, ask: &Ask) -> bool {
        let walked = !ask.optional && !matches!(ask.kind, Kind::Tree | Kind::Groups);
        let window = self.open(&ask.key).filter(|_| walked);
        match (window, self.giver(ask)) {
            (Some(window), Some(giver)) => giver::asked(self.board(), window).contains(&giver),
            _ => false,
        }
    }

    /// The asks that wait for the reader.
    #[must_use]
    pub fn waiting(&self) -> Vec<&Window> {
        self.person().map(|person| waiting::waiting(self.board(), person.id)).unwrap_or_default()
    }

    /// What a card says in short, as written.
    #[must_use]
    pub fn headline(&self, card: &Card) -> String {
        match card.item {
            Some(_) => card.field("name").to_owned(),
            None => {
                let words = self.board().words_of(card);
                let chosen =
                    self.board().plan.ask(&card.source).and_then(|ask| ask.headline().map(|field| (ask, field)));
                chosen.map_or_else(|| words.to_owned(), |(ask, field)| self.shown(&ask.key, field, words))
            }
        }
    }

    /// What the cards of a deed's second argument say, for a wording that starts from theirs.
    #[must_use]
    pub fn headline_of_arg(&self, deed: &super::press::Deed) -> String {
        let mut ids = deed.args.get(1).map_or("", String::as_str).split(',').filter_map(|id| id.parse().ok());
        let card = ids.find_map(|id| self.board().cards.get(&CardId(id)));
        card.map(|card| self.headline(card)).unwrap_or_default()
    }

    /// What a card is called in a menu: a partner's card begins with the partner.
    #[must_use]
    pub fn name_of(&self, card: &Card) -> String {
        let by_partner = self.board().plan.ask(&card.source).is_some_and(|ask| ask.by == By::Partner);
        match card.partner.filter(|_| by_partner) {
            Some(partner) => format!("{}: {}", self.partner(partner), self.headline(card)),
            None => self.headline(card),
        }
    }

    /// A card in full, on one line, escaped.
    #[must_use]
    pub fn line(&self, card: &Card, chars_max: usize) -> String {
        let line = self.unmarked(card, chars_max);
        if card.added { format!("{line} {}", self.label("added-later")) } else { line }
    }

    fn unmarked(&self, card: &Card, chars_max: usize) -> String {
        let Some(ask) = self.board().plan.ask(&card.source) else { return inline_fit(&self.headline(card), chars_max) };
        let parts = ask.fields.iter().map(|field| self.shown(&ask.key, field, card.field(&field.key)));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            inline_fit(&self.headline(card), chars_max)
        } else {
            inline_fit(&parts.join(" · "), chars_max)
        }
    }

    /// What stands in a field, as people read it: chosen things by their names.
    #[must_use]
    pub fn shown(&self, ask: &str, field: &Field, raw: &str) -> String {
        let number = || raw.parse::<i64>().ok();
        match field.kind {
            FieldKind::Line | FieldKind::Text | FieldKind::Number | FieldKind::Date => raw.to_owned(),
            FieldKind::Choice => self.choice(ask, &field.key, raw),
            FieldKind::Person => number().map_or_else(String::new, |id| self.name(PersonId(id))),
            FieldKind::Partner => number().map_or_else(String::new, |id| self.partner(PartnerId(id))),
            FieldKind::Card => {
                let card = number().and_then(|id| self.board().standing_for(CardId(id)));
                card.map(|card| self.name_of(card)).unwrap_or_default()
            }
        }
    }

    /// A choice in words.
    #[must_use]
    pub fn choice(&self, ask: &str, field: &str, choice: &str) -> String {
        let key = (field.to_owned(), choice.to_owned());
        self.words.ask(ask).choices.get(&key).cloned().unwrap_or_else(|| choice.to_owned())
    }

    /// A person's name.
    #[must_use]
    pub fn name(&self, person: PersonId) -> String {
        self.board().people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// A partner's short name.
    #[must_use]
    pub fn partner(&self, partner: PartnerId) -> String {
        self.board().partners.get(&partner).map(|partner| partner.short.clone()).unwrap_or_default()
    }

    /// When an open ask ends, as Discord's time.
    #[must_use]
    pub fn ends(&self, ask: &str) -> String {
        self.open(ask).map(|window| time(window.ends)).unwrap_or_default()
    }
}

/// Something to be said, people's words in it escaped, moments as Discord's times.
#[must_use]
pub fn say(words: &Words, said: &Said) -> String {
    let mut safe = said.clone();
    for (gap, value) in &mut safe.with {
        *value = inline(value);
        if let (Some(_), Ok(seconds)) = (gap.strip_suffix("_s"), value.parse::<i64>()) {
            *value = moment(seconds);
        }
    }
    words.say(&safe)
}

/// A moment as Discord shows it: in each reader's own zone and language (`reference`, *Timestamp Styles*).
#[must_use]
pub fn time(at: DateTime<Utc>) -> String {
    moment(at.timestamp())
}

fn moment(seconds: i64) -> String {
    format!("<t:{seconds}:f>")
}
