//! Headings over groups of cards as people press them: naming, putting under, taking out, and undoing each.

use std::collections::BTreeMap;

use super::custom_id::opening_short;
use super::press::{Batch, Press};
use super::reply;
use super::scene::Scene;
use super::screen::{Button, Screen};
use super::screens::clusters as screen;
use super::visit::{Answer, Visit};
use crate::app::ActError;
use crate::path::{Act, CardId, ClusterId, Clustering, Refusal, Reply};

impl Visit<'_> {
    /// A press about headings; none if it is none of these.
    pub async fn clustering(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = || batch(values);
        Some(match press {
            Press::Headings { ask, page } => screen::screen(scene, ask, *page, "", None).into(),
            Press::NewHeading { ask } | Press::Theme { ask } => self.new_heading(scene, ask, chosen()),
            Press::Cluster { .. } => match values.first().and_then(|value| value.parse().ok()).map(ClusterId) {
                Some(id) => screen::group(scene, id, 0, "", None).into(),
                None => return None,
            },
            Press::ShowCluster { cluster, page } => screen::group(scene, *cluster, *page, "", None).into(),
            Press::PutUnder { cluster } => self.put_under(*cluster, chosen(), true).await,
            Press::PutBack { cluster, cards } => self.put_under(*cluster, cards.0.clone(), false).await,
            Press::TakeOut { cluster } => self.take_out(*cluster, chosen(), true).await,
            Press::OutAgain { cluster, cards } => self.take_out(*cluster, cards.0.clone(), false).await,
            Press::Rename { cluster } => match scene.board().clusters.get(cluster) {
                Some(group) => Answer::Open(screen::rename_form(scene, group, opening_short(self.inbound.id))),
                None => self.told_no(&Refusal::HeadingGone.into(), "", None),
            },
            Press::NameBack { cluster } => {
                let done = self.cluster_act(Clustering::NameBack { cluster: *cluster }).await;
                self.on_group(done, *cluster, None)
            }
            Press::Dissolve { cluster } => {
                let done = self.cluster_act(Clustering::Dissolve { cluster: *cluster }).await;
                self.on_table(done, Some(Press::Restore { cluster: *cluster }))
            }
            Press::Restore { cluster } => {
                let done = self.cluster_act(Clustering::Restore { cluster: *cluster }).await;
                self.on_group(done, *cluster, None)
            }
            _ => return None,
        })
    }

    /// A form about headings that was sent; none if it is another form.
    pub async fn heading_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let words = boxes.get("words").cloned().unwrap_or_default();
        Some(match press {
            Press::HeadingForm { cards, .. } => {
                let make = Clustering::Make { cards: cards.0.clone(), name: words.clone() };
                match self.cluster_act(make).await {
                    Err(error) => self.no_heading(&error, &words, self.table_of(&cards.0)),
                    Ok(told) => {
                        let undo = told.said.key == "grouped";
                        let undo = cluster_in(&told).filter(|_| undo).map(|cluster| Press::Dissolve { cluster });
                        self.on_table(Ok(told), undo)
                    }
                }
            }
            Press::RenameForm { cluster, .. } => {
                let rename = Clustering::Rename { cluster: *cluster, name: words.clone() };
                match self.cluster_act(rename).await {
                    Err(error) => {
                        self.no_heading(&error, &words, Some(Press::ShowCluster { cluster: *cluster, page: 0 }))
                    }
                    Ok(told) => {
                        let changed = told.said.key == "heading-renamed";
                        let undo = changed.then_some(Press::NameBack { cluster: *cluster });
                        self.on_group(Ok(told), *cluster, undo)
                    }
                }
            }
            _ => return None,
        })
    }

    async fn cluster_act(&self, act: Clustering) -> Result<Reply, ActError> {
        self.act(Act::Clustering(act)).await
    }

    /// The form for a heading over these cards, with a word to begin from where there is one.
    fn new_heading(&self, scene: &Scene<'_>, ask: &str, cards: Vec<CardId>) -> Answer {
        if cards.len() < 2 {
            let back = Press::Headings { ask: ask.to_owned(), page: 0 };
            return self.no_heading(&Refusal::TooFewToGroup.into(), "", Some(back));
        }
        let word = screen::word(scene, ask, &cards);
        Answer::Open(screen::new_form(scene, cards, word, opening_short(self.inbound.id)))
    }

    async fn put_under(&self, cluster: ClusterId, cards: Vec<CardId>, undoable: bool) -> Answer {
        let done = self.cluster_act(Clustering::Add { cluster, cards: cards.clone() }).await;
        let changed = done.as_ref().ok().filter(|told| undoable && told.said.key == "into-heading");
        let undo = changed.map(|told| match told.said.with.get("from").and_then(|id| id.parse().ok()) {
            Some(from) => Press::PutBack { cluster: ClusterId(from), cards: Batch(cards) },
            None => Press::OutAgain { cluster, cards: Batch(cards) },
        });
        self.on_group(done, cluster, undo)
    }

    async fn take_out(&self, cluster: ClusterId, cards: Vec<CardId>, undoable: bool) -> Answer {
        let done = self.cluster_act(Clustering::TakeOut { cluster, cards: cards.clone() }).await;
        let undo = undoable.then_some(Press::PutBack { cluster, cards: Batch(cards) });
        match self.scene() {
            Some(scene) if done.is_ok() && !scene.board().clusters.contains_key(&cluster) => self.on_table(done, undo),
            _ => self.on_group(done, cluster, undo),
        }
    }

    /// The group's screen after an act, with the way to undo it.
    fn on_group(&self, done: Result<Reply, ActError>, cluster: ClusterId, undo: Option<Press>) -> Answer {
        match done {
            Err(error) => self.no_heading(&error, "", Some(Press::ShowCluster { cluster, page: 0 })),
            done => {
                self.after_told(done, |scene, told| screen::group(scene, cluster, 0, &reply::tick(scene, told), undo))
            }
        }
    }

    /// The table's screen after an act, with the way to undo it.
    fn on_table(&self, done: Result<Reply, ActError>, undo: Option<Press>) -> Answer {
        match done {
            Err(error) => self.no_heading(&error, "", None),
            done => self.after_told(done, |scene, told| {
                let ask = told.said.with.get("ask").cloned().unwrap_or_default();
                screen::screen(scene, &ask, 0, &reply::tick(scene, told), undo)
            }),
        }
    }

    /// Why not, with one's own words, and the way back.
    fn no_heading(&self, error: &ActError, own: &str, back: Option<Press>) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let screen: Screen = reply::refused(&scene, error, Some(own), None);
        let back = back.map(|press| {
            let label = if matches!(press, Press::ShowCluster { .. }) { "its-group" } else { "headings" };
            vec![Button::plain(press, scene.label(label))]
        });
        screen.buttons(back.unwrap_or_default()).into()
    }

    /// The table on which cards lie, by the first of them.
    fn table_of(&self, cards: &[CardId]) -> Option<Press> {
        let scene = self.scene()?;
        let card = cards.iter().find_map(|card| scene.board().standing_for(*card))?;
        Some(Press::Headings { ask: card.source.clone(), page: 0 })
    }
}

/// The group that was spoken of.
fn cluster_in(told: &Reply) -> Option<ClusterId> {
    told.said.with.get("cluster").and_then(|id| id.parse().ok()).map(ClusterId)
}

/// The cards that were chosen, one by one or as a whole.
fn batch(values: &[String]) -> Vec<CardId> {
    values.iter().flat_map(|value| value.split(',')).filter_map(|id| id.parse().ok()).map(CardId).collect()
}
