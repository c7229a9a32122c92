//! Reading what was counted in Discord's own polls. Their votes come from REST alone: whatever was given while
//! we were away is there, and a count is final only when Discord says so.

use chrono::{DateTime, TimeDelta, Utc};

use super::outlet::Sending;
use super::wire::{Code, Fault};
use crate::app::{ActError, App, Delivery, Receipt};
use crate::path::{AccountId, Act, CardId, PollAct, Viewer, Who};

/// So much of its time may be left to a poll that is over for us before we end it ourselves.
const SLACK: TimeDelta = TimeDelta::minutes(1);
/// How long to wait for the last count: doubled at each look, up to the last one.
const LOOK_FIRST: TimeDelta = TimeDelta::seconds(5);
const LOOK_LAST: TimeDelta = TimeDelta::minutes(10);

/// At the start every open poll of Discord's is looked at once more.
pub(super) async fn look_again(app: &App) {
    for (id, ask) in app.public_polls() {
        let receipt =
            Receipt { key: format!("look {id} {ask} {}", app.now().timestamp_millis()), ..Receipt::default() };
        if let Err(error) = app.act(id, receipt, Who::Clock, Act::Poll(PollAct::Look { ask })).await {
            tracing::warn!(%error, "a poll could not be looked at; its end looks again");
        }
    }
}

impl Sending<'_> {
    /// Takes over what was counted; ends the poll at Discord if it is over for us.
    pub(super) async fn count(&self, ask: &str) -> Result<Delivery, Fault> {
        let (Some(scene), Some(home)) = (self.scene(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        let Some(window) = scene.open(ask) else { return Ok(Delivery::Moot) };
        let Some(message) = self.post.message else { return Ok(self.counted(ask, None, true).await) };
        let seen = match self.wire.message(home, message).await {
            Err(fault) if fault.is(Code::UnknownMessage) || fault.is(Code::UnknownChannel) => {
                return Ok(self.counted(ask, None, true).await);
            }
            seen => seen?,
        };
        let is_final = seen["poll"]["results"]["is_finalized"] == true;
        let now = self.app.now();
        if window.ends <= now && !is_final {
            let expiry = seen["poll"]["expiry"].as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
            if expiry.is_some_and(|expiry| expiry > now + SLACK) {
                self.wire.expire(home, message).await?;
            }
            let wait = (LOOK_FIRST * 2_i32.saturating_pow(self.post.attempts.min(10))).min(LOOK_LAST);
            return Ok(Delivery::Later { at: now + wait, why: "Discord is still counting".to_owned() });
        }
        let mut votes = Vec::new();
        for answer in seen["poll"]["answers"].as_array().map(Vec::as_slice).unwrap_or_default() {
            // Discord promises no order of its numbers: an answer is known by its words.
            let says = answer["poll_media"]["text"].as_str().unwrap_or_default();
            let named = |id: &&CardId| scene.board().cards.get(id).is_some_and(|card| scene.headline(card) == says);
            let (Some(card), Some(number)) = (window.slate.iter().find(named), answer["answer_id"].as_u64()) else {
                continue;
            };
            let who = self.wire.voters(home, message, number).await?;
            votes.extend(who.into_iter().map(|account| (AccountId(account), *card)));
        }
        Ok(self.counted(ask, Some(votes), is_final).await)
    }

    async fn counted(&self, ask: &str, votes: Option<Vec<(AccountId, CardId)>>, is_final: bool) -> Delivery {
        let receipt = Receipt { key: format!("count {} {}", self.post.id, self.post.attempts), ..Receipt::default() };
        let act = Act::Poll(PollAct::Counted { ask: ask.to_owned(), votes, is_final });
        match self.app.act(self.post.partnership, receipt, Who::Clock, act).await {
            Ok(_) => Delivery::Sent { message: self.post.message },
            Err(ActError::Refused(_)) => Delivery::Moot,
            Err(error) => Delivery::Later { at: self.app.now() + LOOK_FIRST, why: error.to_string() },
        }
    }
}
