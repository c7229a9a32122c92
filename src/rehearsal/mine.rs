//! What people do beside answering: say yes to a card, take one back, word one anew, look.

use serde_json::json;

use super::deed::PersonAct;
use super::hand::{Done, Hand, option};
use super::host::said;
use super::labels::key;
use super::memory::Memory;

/// Pages of what somebody gave that are turned at most.
const PAGES_MAX: usize = 10;

/// Does one act.
pub async fn act(hand: &mut Hand<'_>, memory: &mut Memory, act: &PersonAct) -> Done {
    let stage = hand.stage;
    match act {
        PersonAct::Confirm(act) => {
            hand.command(&["me"], json!({})).await?;
            hand.choose(&stage.label(key::CONFIRM), memory.words_of(&act.card)).await?;
            hand.press(&stage.label(if act.yes { key::YES } else { key::NO })).await?;
            said(hand, if act.yes { "confirmed" } else { "not-confirmed-card" })
        }
        PersonAct::Withdraw(act) => {
            show(hand, memory, &act.card).await?;
            hand.press(&stage.label(key::TAKE_BACK)).await?;
            hand.press(&stage.label(key::TAKE_BACK_YES)).await?;
            said(hand, "withdrawn")
        }
        PersonAct::Edit(act) => {
            show(hand, memory, &act.card).await?;
            hand.press(&stage.label(key::CHANGE)).await?;
            if hand.form.is_none() {
                hand.press(&stage.label(key::WRITE)).await?;
            }
            let Some(ask) = stage.plan.ask(memory.ask_of(&act.card)) else { return Err(hand.lost("the card's ask")) };
            let fields = ask
                .fields
                .iter()
                .filter_map(|field| Some((stage.field_label(ask, field), act.fields.get(&field.key)?.clone())));
            let fields: Vec<(String, String)> = fields.collect();
            hand.submit(&fields).await?;
            if let Some((_, words)) = fields.first() {
                memory.made(&act.card, &act.card, words);
            }
            said(hand, "edited")
        }
        PersonAct::Split(act) => {
            show(hand, memory, &act.card).await?;
            let (alone, off) = (stage.label(key::STAND_ALONE), stage.label(key::SPLIT_OFF));
            let stands_behind = hand.has_button(&alone);
            hand.press(if stands_behind { &alone } else { &off }).await?;
            said(hand, if stands_behind { "stands-alone" } else { "split" })
        }
        PersonAct::Plead(act) => {
            let Some((phase, _)) = stage.plan.sitting_of(&act.ask) else { return Err(hand.lost(act.ask.as_str())) };
            hand.command(&[&phase.key, &act.ask], json!({})).await?;
            hand.press(&stage.label(key::ASK_AGAIN)).await?;
            hand.submit(&[(stage.label(key::AGAIN_BOX), act.because.clone())]).await?;
            said(hand, "pleaded").or_else(|_| said(hand, "pleaded-open"))
        }
        PersonAct::Approve(act) => {
            let partner = hand.person.partner.clone();
            hand.command(&["me"], json!({})).await?;
            let wanted = format!("{partner}: {}", stage.title(&act.ask));
            hand.choose(&stage.label(key::PICK_APPROVAL), &wanted).await?;
            hand.press(&stage.label(key::SAY_APPROVED)).await?;
            said(hand, "approved")
        }
        PersonAct::Canvas(_) => hand.command(&["canvas"], json!({})).await,
    }
}

/// Shows one of a person's own cards, turning the pages of what they gave.
pub async fn show(hand: &mut Hand<'_>, memory: &Memory, card: &str) -> Done {
    let stage = hand.stage;
    hand.command(&["me"], json!({})).await?;
    hand.press(&stage.label(key::WHAT_I_GAVE)).await?;
    let (hint, more) = (stage.label(key::CHANGE_ONE), stage.label(key::MORE));
    for _ in 0..PAGES_MAX {
        let here = hand.menu(&hint).is_some_and(|menu| option(&menu, memory.words_of(card)).is_some());
        if here || !hand.has_button(&more) {
            break;
        }
        hand.press(&more).await?;
    }
    hand.choose(&hint, memory.words_of(card)).await
}
