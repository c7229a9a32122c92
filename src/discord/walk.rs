//! The walk through a sitting: what is pressed, chosen and sent on the screens of the asks.

use std::collections::{BTreeMap, BTreeSet};

use super::custom_id::opening;
use super::press::{Press, Slip};
use super::reply;
use super::scene::Scene;
use super::screen::Screen;
use super::screens::{self, cards, paged};
use super::visit::{Answer, Visit};
use crate::app::ActError;
use crate::path::plan::Ask;
use crate::path::{Act, CardId, Giving, PartnerId, Refusal, Value, Via};

impl Visit<'_> {
    /// A press on the walk; none if it is none of these.
    pub async fn walk(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        Some(match press {
            Press::Start { sitting } => screens::sitting(scene, sitting, "").into(),
            Press::Learn { sitting, page } => learn(scene, sitting, *page).into(),
            Press::Ask { ask } => screens::ask(scene, ask, 0, "").into(),
            Press::Page { ask, page } => screens::ask(scene, ask, *page, "").into(),
            Press::Next { ask } => screens::onward(scene, ask, "").into(),
            Press::Done { ask } => self.after(self.act(Act::Done { ask: ask.clone() }).await),
            Press::Skip { ask } => self.after(self.act(Act::Pass { ask: ask.clone() }).await),
            Press::Others { ask, page } => self.with_ask(ask, |scene, ask| cards::others(scene, ask, *page)),
            Press::Write { slip } => self.write(slip),
            Press::Pick { slip, field } => self.pick(slip, field, values).await,
            Press::Send { slip, despite } => self.send(slip, *despite).await,
            _ => return self.choose(scene, press, values).await,
        })
    }

    /// A press on what is chosen, set or placed.
    async fn choose(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let card = || values.first().and_then(|value| value.parse().ok()).map(CardId);
        Some(match press {
            Press::Mark { ask, menu } => {
                let Some(found) = scene.ask(ask) else { return Some(self.unknown(ask)) };
                // The menu as it stood on their screen: cards may have come since, and each reader's begins elsewhere.
                let stood: BTreeSet<CardId> = ids(&self.inbound.offered).collect();
                let among = if stood.is_empty() { screens::marks::among(scene, found, *menu) } else { stood };
                let cards = ids(values).collect();
                self.after(self.act(Act::MarkAmong { ask: ask.clone(), among, cards }).await)
            }
            Press::Answer { ask, value } => self.answer_rest(ask, *value).await,
            Press::Remark { ask, card: Some(card), value } => self.note_form(ask, *card, *value),
            Press::Remark { ask, card: None, value } => {
                self.with_ask(ask, |scene, ask| screens::consent::lines(scene, ask, *value))
            }
            Press::Line { ask, value: Value::Stands } => {
                self.after(self.act(bare_answer(ask, Some(card()?), Value::Stands)).await)
            }
            Press::Line { ask, value } => self.note_form(ask, card()?, *value),
            Press::Assign { ask, about } => self.assign(ask, *about, card()?).await,
            Press::Field { ask } => self.with_ask(ask, |scene, ask| screens::figures::screen(scene, ask, card(), "")),
            Press::Place { ask, card, pile, count } => {
                let act = Act::Place { ask: ask.clone(), pile: pile.clone(), card: *card, count: *count };
                self.stay_on(ask, self.act(act).await, |scene, ask, top| {
                    screens::figures::screen(scene, ask, Some(*card), top)
                })
            }
            Press::Under { ask, page } => self.with_ask(ask, |scene, ask| match card() {
                Some(card) => screens::tree::places(scene, ask, card, 0),
                None => {
                    let turned = values.first().and_then(|value| paged::turned(value)).unwrap_or(0);
                    screens::tree::turned(scene, ask, *page, turned, "")
                }
            }),
            Press::Lies { ask, card, .. } => self.lies(ask, *card, values).await,
            _ => return None,
        })
    }

    /// A form of the walk that was sent; none if it is none of these.
    pub async fn sent(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        Some(match press {
            Press::Give { slip, opening } => self.given(slip, opening, boxes).await,
            Press::Note { ask, card, value, opening } => {
                let typed = |key: &str| boxes.get(key).cloned().unwrap_or_default();
                let (note, proposal) = (typed("note"), typed("proposal"));
                let own = format!("{note}\n{proposal}");
                let act = Act::Answer { ask: ask.clone(), card: Some(*card), value: *value, note, proposal };
                let done = self.act_as(act, "", Some(opening)).await;
                let again = Press::Remark { ask: ask.clone(), card: Some(*card), value: *value };
                match done {
                    Err(error) => self.told_no(&error, own.trim(), Some(again)),
                    done => self.after(done),
                }
            }
            _ => return None,
        })
    }

    /// A screen of an ask of this plan.
    fn with_ask(&self, key: &str, make: impl FnOnce(&super::scene::Scene<'_>, &Ask) -> Screen) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        match scene.ask(key) {
            Some(ask) if scene.open(key).is_some() || matches!(ask.kind, crate::path::plan::Kind::Cards) => {
                make(&scene, ask).into()
            }
            Some(_) => screens::ask(&scene, key, 0, "").into(),
            None => self.unknown(key),
        }
    }

    fn unknown(&self, key: &str) -> Answer {
        let error = ActError::Refused(Refusal::Unknown { what: key.to_owned() });
        self.told_no(&error, "", None)
    }

    /// Why not, with one's own words.
    pub fn told_no(&self, error: &ActError, own: &str, again: Option<Press>) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        reply::refused(&scene, error, Some(own), again.map(Into::into)).into()
    }

    /// The form of a card.
    pub fn write(&self, slip: &Slip) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let form = scene.ask(&slip.ask).and_then(|ask| cards::form(&scene, ask, slip, opening(self.inbound.id)));
        form.map_or_else(|| screens::ask(&scene, &slip.ask, 0, "").into(), Answer::Open)
    }

    /// A chosen field: kept in the draft, or at once in the card that is edited.
    async fn pick(&self, slip: &Slip, field: &str, values: &[String]) -> Answer {
        let value = values.first().cloned().unwrap_or_default();
        if let Some(page) = paged::turned(&value) {
            let turn = cards::Turn { field: field.to_owned(), page };
            return self.with_ask(&slip.ask, |scene, ask| cards::screen(scene, ask, slip, Some(&turn), ""));
        }
        let value = if value == cards::NOTHING { String::new() } else { value };
        let fields = BTreeMap::from([(field.to_owned(), value)]);
        if slip.card.is_some() {
            let done = self.act(give(slip, fields, true)).await;
            return match done {
                Err(error) => self.told_no(&error, "", Some(Press::Ask { ask: slip.ask.clone() })),
                Ok(told) => self.with_ask(&slip.ask, |scene, ask| {
                    cards::screen(scene, ask, slip, None, &reply::tick(scene, &told))
                }),
            };
        }
        match self.act(Act::KeepDraft { ask: slip.ask.clone(), fields }).await {
            Err(error) => self.told_no(&error, "", None),
            Ok(_) => self.with_ask(&slip.ask, |scene, ask| cards::screen(scene, ask, slip, None, "")),
        }
    }

    /// *Give* what stands in the draft.
    async fn send(&self, slip: &Slip, despite: bool) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let fields = scene.draft(&slip.ask);
        let own = words_of(&scene, &slip.ask, &fields);
        let act = match give(slip, fields, false) {
            Act::Give(giving) => Act::Give(Giving { despite, ..giving }),
            other => other,
        };
        match self.act(act).await {
            Err(error) => self.not_given(slip, &error, &own),
            done => self.after_card(slip, done),
        }
    }

    /// A page of a card's form was sent: kept, and given once all that is needed is there.
    async fn given(&self, slip: &Slip, opening: &str, boxes: &BTreeMap<String, String>) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let Some(ask) = scene.ask(&slip.ask) else { return self.unknown(&slip.ask) };
        if boxes.is_empty() {
            return Screen::text(scene.label("unreadable-form")).into();
        }
        let mut fields = if slip.card.is_some() { BTreeMap::new() } else { scene.draft(&slip.ask) };
        fields.extend(boxes.clone());
        let own = words_of(&scene, &slip.ask, &fields);
        let last = usize::from(slip.page) + 1 >= cards::pages(ask).len();
        let missing = cards::missing(ask, &fields);
        let typed_empty = missing.iter().any(|field| field.is_typed());
        if slip.card.is_none() && (!last || !missing.is_empty() && !typed_empty) {
            let kept = self.act(Act::KeepDraft { ask: slip.ask.clone(), fields: boxes.clone() }).await;
            return match kept {
                Err(error) => self.told_no(&error, &own, None),
                Ok(told) => self.with_ask(&slip.ask, |scene, ask| {
                    let top = reply::tick(scene, &told);
                    cards::screen(scene, ask, &Slip { page: 0, ..slip.clone() }, None, &top)
                }),
            };
        }
        let partial = slip.card.is_some();
        match self.act_as(give(slip, fields.clone(), partial), "", Some(opening)).await {
            Err(error) => {
                // Refused words are never lost: they lie in the draft and are shown again.
                if matches!(error, ActError::Refused(_)) {
                    let draft = Act::KeepDraft { ask: slip.ask.clone(), fields: boxes.clone() };
                    let _ = self.act_as(draft, "draft", None).await;
                }
                self.not_given(slip, &error, &own)
            }
            done => self.after_card(slip, done),
        }
    }

    fn not_given(&self, slip: &Slip, error: &ActError, own: &str) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let again = Press::Write { slip: Slip { page: 0, ..slip.clone() } };
        let mut screen = reply::refused(&scene, error, Some(own), Some(again.into()));
        if let ActError::Refused(Refusal::NotOneSentence { .. }) = error {
            let send = Press::Send { slip: slip.clone(), despite: true };
            screen = screen.buttons(vec![super::screen::Button::plain(send, scene.label("one-sentence"))]);
        }
        screen.into()
    }

    /// After a card was given: the walk goes on; on somebody's behalf the desk does.
    fn after_card(&self, slip: &Slip, done: Result<crate::path::Reply, ActError>) -> Answer {
        if slip.behalf.is_none() {
            return self.after(done);
        }
        self.after_with(done, screens::desk::screen)
    }

    /// *Stands*: for every line that has no other answer yet.
    async fn answer_rest(&self, ask: &str, value: Value) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let answers = scene.ask(ask).map(|found| screens::figures::placed(&scene, found)).unwrap_or_default();
        let others: Vec<CardId> =
            answers.iter().filter(|figure| figure.value != value).map(|figure| figure.card).collect();
        let all = others.is_empty() || others.len() == 1 && answers.len() == 1;
        if all {
            return self.after(self.act(bare_answer(ask, None, value)).await);
        }
        screens::onward(&scene, ask, "").into()
    }

    fn note_form(&self, key: &str, card: CardId, value: Value) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let Some(ask) = scene.ask(key).filter(|_| scene.open(key).is_some()) else {
            return screens::ask(&scene, key, 0, "").into();
        };
        Answer::Open(screens::consent::form(&scene, ask, card, value, opening(self.inbound.id)))
    }

    async fn assign(&self, key: &str, about: PartnerId, card: CardId) -> Answer {
        let done = self.act(Act::Assign { ask: key.to_owned(), about, card }).await;
        self.stay_on(key, done, |scene, ask, top| {
            screens::assign::screen(scene, ask, screens::assign::page_of(scene, ask, about), top)
        })
    }

    async fn lies(&self, key: &str, card: CardId, values: &[String]) -> Answer {
        let value = values.first().map_or("", String::as_str);
        if let Some(page) = paged::turned(value).and_then(|page| u16::try_from(page).ok()) {
            return self.with_ask(key, |scene, ask| screens::tree::places(scene, ask, card, page));
        }
        let parent = value.parse().ok().map(CardId);
        self.after(self.act(Act::Under { card, parent }).await)
    }

    fn stay_on(
        &self,
        key: &str,
        done: Result<crate::path::Reply, ActError>,
        make: impl FnOnce(&super::scene::Scene<'_>, &Ask, &str) -> Screen,
    ) -> Answer {
        match done {
            Err(error) => self.told_no(&error, "", Some(Press::Ask { ask: key.to_owned() })),
            Ok(told) => self.with_ask(key, |scene, ask| make(scene, ask, &reply::tick(scene, &told))),
        }
    }
}

/// An answer without words, on one line or on all.
fn bare_answer(ask: &str, card: Option<CardId>, value: Value) -> Act {
    Act::Answer { ask: ask.to_owned(), card, value, note: String::new(), proposal: String::new() }
}

/// The act of giving what a slip holds.
fn give(slip: &Slip, fields: BTreeMap<String, String>, partial: bool) -> Act {
    Act::Give(Giving {
        ask: slip.ask.clone(),
        card: slip.card,
        fields,
        partial,
        behalf: slip.behalf,
        via: Via::Button,
        despite: false,
        late: slip.late,
    })
}

fn ids(values: &[String]) -> impl Iterator<Item = CardId> {
    values.iter().filter_map(|value| value.parse().ok()).map(CardId)
}

/// What somebody typed, to be shown again.
fn words_of(scene: &super::scene::Scene<'_>, ask: &str, fields: &BTreeMap<String, String>) -> String {
    let typed = scene.ask(ask).map(|ask| ask.fields.clone()).unwrap_or_default();
    let typed = typed.iter().filter(|field| field.is_typed()).filter_map(|field| fields.get(&field.key));
    typed.filter(|words| !words.trim().is_empty()).cloned().collect::<Vec<_>>().join("\n")
}

/// *Read more*.
fn learn(scene: &super::scene::Scene<'_>, sitting: &str, _page: u16) -> Screen {
    let words = scene.words().sitting(sitting);
    let start = Press::Start { sitting: sitting.to_owned() };
    let minutes = scene.board().plan.sitting(sitting).map_or(0, |(_, sitting)| sitting.minutes).to_string();
    Screen::text(format!("**{}**", words.title))
        .and(&words.more)
        .buttons(vec![super::screen::Button::main(start, scene.fill_plain("start-minutes", &[("minutes", &minutes)]))])
}
