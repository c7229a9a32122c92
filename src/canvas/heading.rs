//! Headings over groups of cards: what they say and who gave them, and lines put together under them.

use serde::Serialize;

use crate::path::cluster::Cluster;
use crate::path::{Card, CardId, ClusterId, GroupId};

use super::beside::Part;
use super::escape::leaf;
use super::line::{Group, Line};
use super::wall::Wall;

/// The heading that people gave a group of cards.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// The group's number.
    pub cluster: ClusterId,
    /// What it says.
    pub text: String,
    /// Who gave it, with their partner; none where the view does not tell.
    pub by: Option<String>,
    /// The same in words: *named by …*; empty where the view does not tell.
    pub said: String,
}

impl Heading {
    /// As a part of what a card says, where the card stands in another order than by headings.
    pub(super) fn part(&self, wall: &Wall<'_>) -> Part {
        let said = if self.said.is_empty() { String::new() } else { format!(" ({})", self.said) };
        Part { label: wall.captions.word("heading").to_owned(), text: format!("{}{said}", self.text) }
    }
}

impl Wall<'_> {
    /// The heading over a card.
    pub fn heading(&self, card: CardId) -> Option<Heading> {
        self.headings.over(card).map(|cluster| self.heading_of(cluster))
    }

    fn heading_of(&self, cluster: &Cluster) -> Heading {
        let by = cluster.named_by().and_then(|id| self.person_of_partner(id));
        let said = by.as_ref().map(|name| self.captions.fill("named-by", "name", name)).unwrap_or_default();
        Heading { cluster: cluster.id, text: leaf(cluster.name()), by, said }
    }

    /// The same cards, those of one heading together and before all that lie under none.
    pub fn by_heading<'a>(&self, mut cards: Vec<(&'a str, &'a Card)>) -> Vec<(&'a str, &'a Card)> {
        let mut order: Vec<ClusterId> = Vec::new();
        for cluster in cards.iter().filter_map(|(_, card)| self.headings.over(card.id)) {
            if !order.contains(&cluster.id) {
                order.push(cluster.id);
            }
        }
        let place = |card: CardId| {
            let over = self.headings.over(card);
            over.and_then(|cluster| order.iter().position(|id| *id == cluster.id)).unwrap_or(order.len())
        };
        cards.sort_by_key(|(_, card)| place(card.id));
        cards
    }
}

/// Lines as groups: first those under each heading where that is asked for, then the others by triad, in the triads' order.
pub(super) fn grouped(wall: &Wall<'_>, lines: Vec<(Option<GroupId>, Line)>, by_heading: bool) -> Vec<Group> {
    let mut headed: Vec<Group> = Vec::new();
    let mut others: Vec<Group> = Vec::new();
    for (triad, line) in lines {
        let heading = line.heading.clone().filter(|_| by_heading);
        let groups = if heading.is_some() { &mut headed } else { &mut others };
        let known = groups.iter_mut().find(|known| match &heading {
            Some(heading) => known.heading.as_ref().is_some_and(|known| known.cluster == heading.cluster),
            None => known.group == triad,
        });
        match (known, heading) {
            (Some(known), _) => known.lines.push(line),
            (None, Some(heading)) => {
                let name = Some(heading.text.clone());
                groups.push(Group { group: None, name, heading: Some(heading), lines: vec![line] });
            }
            (None, None) => {
                let name = triad.and_then(|id| wall.group(id));
                groups.push(Group { group: triad, name, heading: None, lines: vec![line] });
            }
        }
    }
    others.sort_by_key(|known| known.group.map(|id| wall.board.groups.get(&id).map_or(0, |group| group.nth)));
    if !headed.is_empty() {
        for rest in others.iter_mut().filter(|rest| rest.group.is_none()) {
            rest.name = Some(wall.captions.word("no-heading").to_owned());
        }
    }
    headed.into_iter().chain(others).collect()
}
