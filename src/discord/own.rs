//! What concerns the person themselves: what waits, what they gave, coming and going.

use std::collections::BTreeMap;

use super::custom_id::opening;
use super::press::{Press, Slip};
use super::scene::Scene;
use super::screen::Screen;
use super::screens::{self, cards, catchup, help, join, me, nudges, paged};
use super::visit::{Answer, Visit};
use crate::path::{AccountId, Act, CardId, Giving, Level, PartnerId, PersonId};

impl Visit<'_> {
    /// A press about oneself; none if it is none of these.
    pub async fn own(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = values.first().map_or("", String::as_str);
        let number = chosen.parse::<i64>().ok();
        Some(match press {
            Press::Me => me::waits(scene, "").into(),
            Press::Mine { page } => me::gave(scene, None, *page, "").into(),
            Press::MineIn { sitting, page } => me::gave(scene, Some(sitting), *page, "").into(),
            Press::Whereabouts { sitting } => me::gave(scene, Some(sitting), 0, "").into(),
            Press::Card => self.show(number.map(CardId)?),
            Press::Show { card } => self.show(*card),
            Press::Edit { card } => self.edit(*card),
            Press::Withdraw { card, sure: false } => {
                let found = scene.board().cards.get(card);
                found.map_or_else(|| self.show(*card), |card| me::sure(scene, card).into())
            }
            Press::Withdraw { card, sure: true } => self.after(self.act(Act::Withdraw { card: *card }).await),
            Press::Confirm { card, yes } => {
                let done = self.act(Act::Confirm { card: *card, yes: *yes }).await;
                self.after_with(done, me::waits)
            }
            Press::Dispute { card } => {
                let (card, done) = (*card, self.act(Act::Dispute { card: *card }).await);
                self.after_with(done, |scene, top| match scene.board().cards.get(&card) {
                    Some(card) => me::card(scene, card, top),
                    None => me::waits(scene, top),
                })
            }
            Press::Addition => adding(scene, chosen),
            Press::Add { ask } => adding(scene, ask),
            Press::Drafts => me::drafts(scene, "").into(),
            Press::Zone => Answer::Open(me::zone(scene, opening(self.inbound.id))),
            Press::Help { page } => help::screen(scene.words(), self.commands, *page).into(),
            _ => return self.join(scene, press, values).await,
        })
    }

    /// Coming in and leaving.
    async fn join(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = values.first().map_or("", String::as_str);
        let turned = paged::turned(chosen).and_then(|page| u16::try_from(page).ok());
        Some(match press {
            Press::Join { page } => join::names(scene, &self.inbound.handle, *page).into(),
            Press::Iam => match (turned, chosen.parse().ok()) {
                (Some(page), _) => join::names(scene, &self.inbound.handle, page).into(),
                (None, Some(id)) => Answer::Open(join::form(scene, PersonId(id), opening(self.inbound.id))),
                (None, None) => join::names(scene, &self.inbound.handle, 0).into(),
            },
            Press::Unlisted => join::partners(scene).into(),
            Press::MyPartner => join::levels(scene, PartnerId(chosen.parse().ok()?)).into(),
            Press::MyLevel { partner } => {
                let level = join::level(chosen)?;
                Answer::Open(join::ask_form(scene, *partner, level, &self.inbound.name, opening(self.inbound.id)))
            }
            Press::NewAccount { page } => join::owners(scene, *page).into(),
            Press::Claim => match (turned, chosen.parse().ok()) {
                (None, Some(id)) => self.claim(PersonId(id)).await,
                (page, _) => join::owners(scene, page.unwrap_or(0)).into(),
            },
            Press::Account { person, account, yes } => {
                let done = self.act(Act::Account { person: *person, account: *account, yes: *yes }).await;
                self.after_with(done, |_, top| Screen::text(top))
            }
            Press::Leave { sure: false } => join::leave(scene).into(),
            Press::Leave { sure: true } => {
                let person = self.person()?;
                let done = self.act(Act::Leave { person }).await;
                self.after_with(done, |_, top| Screen::text(top))
            }
            Press::Admit { person, yes } => {
                let done = self.act(Act::Admit { person: *person, yes: *yes }).await;
                self.after_with(done, |_, top| Screen::text(top))
            }
            _ => return None,
        })
    }

    /// A form about oneself that was sent; none if it is none of these.
    pub async fn own_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let text = |key: &str| boxes.get(key).cloned().unwrap_or_default();
        let zone = text("zone");
        Some(match press {
            Press::ZoneForm { .. } => {
                let person = self.person()?;
                let act = Act::Change { person, level: None, zone: Some(zone.clone()), host: None, observer: None };
                match self.act(act).await {
                    Err(error) => self.told_no(&error, &zone, Some(Press::Zone)),
                    done => self.after_with(done, me::waits),
                }
            }
            Press::JoinForm { person, .. } => self.joined(*person, zone, &text("hello")).await,
            Press::AskForm { partner, level, .. } => self.asked(*partner, *level, text("name"), zone).await,
            _ => return None,
        })
    }

    /// Somebody says whose new account it is that they use.
    async fn claim(&self, person: PersonId) -> Answer {
        let done = self.act(Act::Claim { account: AccountId(self.inbound.account), person }).await;
        self.after_with(done, |_, top| Screen::text(top))
    }

    async fn joined(&self, person: PersonId, zone: String, hello: &str) -> Answer {
        let account = AccountId(self.inbound.account);
        let own = [zone.as_str(), hello].join("\n");
        let act = Act::Join { account, handle: self.inbound.handle.clone(), person, zone };
        let done = match self.act(act).await {
            Err(error) => return self.told_no(&error, &own, Some(Press::Join { page: 0 })),
            Ok(reply) => reply,
        };
        let Some(scene) = self.scene() else { return self.nowhere() };
        if let (Some(ask), false) = (join::hello(&scene), hello.trim().is_empty()) {
            let fields: BTreeMap<String, String> =
                ask.fields.first().map(|field| (field.key.clone(), hello.to_owned())).into_iter().collect();
            let kept = fields.clone();
            let giving = Giving { ask: ask.key.clone(), fields, ..Giving::default() };
            // Whoever still waits for a yes keeps their hello as a draft.
            if self.act_as(Act::Give(giving), "hello", None).await.is_err() {
                let draft = Act::KeepDraft { ask: ask.key.clone(), fields: kept };
                let _ = self.act_as(draft, "hello-draft", None).await;
            }
        }
        self.after_with(Ok(done), |scene, top| me::waits(scene, top).menu(nudges::menu(scene)))
    }

    async fn asked(&self, partner: PartnerId, level: Level, name: String, zone: String) -> Answer {
        let own = [name.as_str(), zone.as_str()].join("\n");
        let account = AccountId(self.inbound.account);
        let act = Act::AskToJoin { account, handle: self.inbound.handle.clone(), name, partner, level, zone };
        match self.act(act).await {
            Err(error) => self.told_no(&error, &own, Some(Press::Unlisted)),
            done => self.after_with(done, me::waits),
        }
    }

    fn show(&self, card: CardId) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        match scene.board().cards.get(&card) {
            Some(card) => me::card(&scene, card, "").into(),
            None => self.told_no(&crate::path::Refusal::CardGone.into(), "", None),
        }
    }

    /// *Change*: the form at once where all is typed on one page, else the card's own screen.
    fn edit(&self, id: CardId) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let Some(card) = scene.board().cards.get(&id) else { return self.show(id) };
        let Some(ask) = scene.ask(&card.source).filter(|ask| scene.open(&ask.key).is_some()) else {
            return self.show(id);
        };
        let slip = Slip { ask: ask.key.clone(), card: Some(id), ..Slip::default() };
        if ask.fields.iter().all(crate::path::plan::Field::is_typed) && cards::pages(ask).len() == 1 {
            return self.write(&slip);
        }
        cards::screen(&scene, ask, &slip, None, "").into()
    }
}

/// The screen on which somebody adds to an ask that has closed; the ask's own where they cannot.
fn adding(scene: &Scene<'_>, key: &str) -> Answer {
    match scene.ask(key).filter(|ask| catchup::may_add(scene, ask)) {
        Some(ask) => catchup::screen(scene, ask, "").into(),
        None => screens::ask(scene, key, 0, "").into(),
    }
}
