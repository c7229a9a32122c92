//! Links by their ends: what begins at a card, and what leads to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};

use super::card::{CardId, Link, LinkId};
use super::plan::LinkKind;

/// The links of a board by number, found from either end without going through all of them.
///
/// Written and read as the map of links alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<LinkId, Link>")]
pub struct Links {
    all: BTreeMap<LinkId, Link>,
    ends: BTreeMap<CardId, BTreeSet<LinkId>>,
}

impl Links {
    /// Puts a link on the board, in the place of the one with its number.
    pub fn insert(&mut self, link: Link) {
        self.remove(link.id);
        for end in [link.from, link.to] {
            self.ends.entry(end).or_default().insert(link.id);
        }
        self.all.insert(link.id, link);
    }

    /// Takes a link away, if it is there.
    pub fn remove(&mut self, id: LinkId) -> Option<Link> {
        let link = self.all.remove(&id)?;
        for end in [link.from, link.to] {
            if let Some(ids) = self.ends.get_mut(&end) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.ends.remove(&end);
                }
            }
        }
        Some(link)
    }

    /// Keeps those of which this is true, mended on the way: everything of a link may be changed but its number.
    pub fn retain(&mut self, mut keeps: impl FnMut(&mut Link) -> bool) {
        let all = std::mem::take(self).all;
        let kept = all.into_iter().filter_map(|(id, mut link)| {
            let keeps = keeps(&mut link);
            debug_assert_eq!(link.id, id, "its number stays");
            keeps.then_some(link)
        });
        *self = kept.collect();
    }

    /// One link.
    #[must_use]
    pub fn get(&self, id: LinkId) -> Option<&Link> {
        self.all.get(&id)
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Link> {
        self.all.values()
    }

    /// All of one kind, by number.
    pub fn of(&self, kind: LinkKind) -> impl Iterator<Item = &Link> {
        self.iter().filter(move |link| link.kind == kind)
    }

    /// Those that begin or end at a card, by number.
    pub fn at(&self, card: CardId) -> impl Iterator<Item = &Link> {
        self.ends.get(&card).into_iter().flatten().filter_map(|id| self.all.get(id))
    }

    /// Those of one kind that begin at a card, by number.
    pub fn from(&self, card: CardId, kind: LinkKind) -> impl Iterator<Item = &Link> {
        self.at(card).filter(move |link| link.kind == kind && link.from == card)
    }

    /// Those of one kind that lead to a card, by number.
    pub fn to(&self, card: CardId, kind: LinkKind) -> impl Iterator<Item = &Link> {
        self.at(card).filter(move |link| link.kind == kind && link.to == card)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }
}

impl PartialEq for Links {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Serialize for Links {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.all.serialize(serializer)
    }
}

impl From<BTreeMap<LinkId, Link>> for Links {
    fn from(all: BTreeMap<LinkId, Link>) -> Self {
        all.into_values().collect()
    }
}

impl FromIterator<Link> for Links {
    fn from_iter<I: IntoIterator<Item = Link>>(links: I) -> Self {
        let mut all = Self::default();
        for link in links {
            all.insert(link);
        }
        all
    }
}

impl IntoIterator for Links {
    type Item = Link;
    type IntoIter = std::collections::btree_map::IntoValues<LinkId, Link>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_values()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link((id, from, to, is_under): (i64, i64, i64, bool)) -> Link {
        let kind = if is_under { LinkKind::Under } else { LinkKind::MadeFrom };
        Link { id: LinkId(id), kind, from: CardId(from), to: CardId(to), by: None, at: chrono::DateTime::UNIX_EPOCH }
    }

    proptest! {
        #[test]
        fn what_is_found_from_an_end_is_what_all_of_them_show(
            moves in prop::collection::vec((0..12_i64, 0..5_i64, 0..5_i64, any::<bool>(), 0..8_u8), 0..60)
        ) {
            let mut links = Links::default();
            let mut plain = BTreeMap::new();
            for (id, from, to, is_under, act) in moves {
                match act {
                    0 | 1 => prop_assert_eq!(links.remove(LinkId(id)), plain.remove(&LinkId(id))),
                    2 => {
                        links.retain(|link| {
                            link.to = CardId(to);
                            link.from != CardId(from)
                        });
                        plain.retain(|_, link: &mut Link| {
                            link.to = CardId(to);
                            link.from != CardId(from)
                        });
                    }
                    _ => {
                        links.insert(link((id, from, to, is_under)));
                        plain.insert(LinkId(id), link((id, from, to, is_under)));
                    }
                }
                prop_assert!(links.iter().eq(plain.values()));
                prop_assert_eq!(links.len(), plain.len());
                for card in (0..5).map(CardId) {
                    prop_assert!(links.at(card).eq(plain.values().filter(|one| one.from == card || one.to == card)));
                    for kind in [LinkKind::Under, LinkKind::MadeFrom] {
                        let of = || plain.values().filter(|one| one.kind == kind);
                        prop_assert!(links.from(card, kind).eq(of().filter(|one| one.from == card)));
                        prop_assert!(links.to(card, kind).eq(of().filter(|one| one.to == card)));
                    }
                }
            }
            prop_assert!(links.ends.values().all(|ids| !ids.is_empty()), "no end of a link that is gone");
            let written = serde_json::to_string(&links).unwrap();
            prop_assert_eq!(&serde_json::from_str::<BTreeMap<LinkId, Link>>(&written).unwrap(), &plain);
            prop_assert_eq!(serde_json::from_str::<Links>(&written).unwrap(), links);
        }
    }
}
