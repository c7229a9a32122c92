//! What a host does: the deeds of `/path`, step by step through menus and forms.

use serde_json::json;

use crate::discord::deeds::DESK_ONLY;
use crate::discord::times::TIMES;
use crate::path::Said;
use crate::sandbox::remote::Post;

use super::deed::HostAct;
use super::figuring;
use super::giving;
use super::groups;
use super::hand::{Done, Hand, button, option};
use super::labels::{self, TICK, key};
use super::memory::Memory;
use super::person;
use super::script::Scene;

/// Screens one deed may take.
const PATIENCE: usize = 20;

/// What a host chooses in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The one thing with these words.
    One(String),
    /// Several, in this order.
    Many(Vec<String>),
    /// All of them: the choice is left open.
    All,
}

/// Does one deed of `/path` or `/time`: menu after menu, then the words if it needs any.
pub async fn deed(hand: &mut Hand<'_>, name: &str, picks: &[Pick], words: Option<&str>) -> Done {
    let write = hand.stage.label(key::WRITE);
    if DESK_ONLY.contains(&name) {
        by_the_desk(hand, name).await?;
    } else {
        let about_time = TIMES.iter().any(|deed| deed.name == name);
        hand.command(&[if about_time { "time" } else { "path" }, name], json!({})).await?;
    }
    let mut picks = picks.iter();
    for _ in 0..PATIENCE {
        if let Some(label) = hand.form.as_ref().and_then(|form| form.fields.first()).map(|field| field.label.clone()) {
            return hand.submit(&[(label, words.unwrap_or_default().to_owned())]).await;
        }
        match picks.as_slice().first() {
            // A step with nothing to choose from is left out by the desk.
            Some(Pick::All) if !hand.has_button(&hand.stage.label(key::ALL_OF_THEM)) => {
                picks.next();
            }
            Some(pick) => {
                choose(hand, pick).await?;
                picks.next();
            }
            None if words.is_some() && hand.has_button(&write) => hand.press(&write).await?,
            None => return Ok(()),
        }
    }
    Err(hand.lost(format!("the end of /path {name}")))
}

/// Deeds without a subcommand stand in the desk's menus.
async fn by_the_desk(hand: &mut Hand<'_>, name: &str) -> Done {
    let label = hand.stage.label(&format!("deed-{name}"));
    hand.command(&["path", "status"], json!({})).await?;
    let holds = |menu: &serde_json::Value| {
        menu["options"].as_array().is_some_and(|all| all.iter().any(|option| option["label"] == *label))
    };
    let Some(menu) = hand.menus().into_iter().find(holds) else { return Err(hand.lost(label)) };
    hand.select(&menu, &[name.to_owned()]).await
}

async fn choose(hand: &mut Hand<'_>, pick: &Pick) -> Done {
    let wanted: Vec<&str> = match pick {
        Pick::All => return hand.press(&hand.stage.label(key::ALL_OF_THEM)).await,
        Pick::One(one) => vec![one],
        Pick::Many(many) => many.iter().map(String::as_str).collect(),
    };
    let more = hand.stage.label(key::MORE_CHOICES);
    for _ in 0..PATIENCE {
        let Some(menu) = hand.menus().into_iter().next() else {
            return Err(hand.lost(format!("a menu for {wanted:?}")));
        };
        let values: Option<Vec<String>> = wanted.iter().map(|words| option(&menu, words)).collect();
        match values {
            Some(values) => return hand.select(&menu, &values).await,
            None if hand.has_button(&more) => hand.press(&more).await?,
            None => break,
        }
    }
    Err(hand.lost(format!("{wanted:?} in a menu")))
}

/// A deed that may be done although something is missing: its reason goes with the command.
async fn despite(hand: &mut Hand<'_>, deed: &str, option: &str, what: &str, why: &str) -> Done {
    let path = ["path", deed];
    let value = hand.suggestion(&path, option, what).await?;
    hand.command(&path, json!({ option: value, "despite": why })).await
}

/// Closes what a scene opened.
pub async fn close(hand: &mut Hand<'_>, scene: &Scene) -> Done {
    let stage = hand.stage;
    let (name, what, title, reply) = match (&scene.open.sitting, &scene.open.ask) {
        (Some(key), _) => ("close", "sitting", stage.words.sitting(key).title, "closed-sitting"),
        (None, ask) => ("ask-close", "ask", stage.title(ask.as_deref().unwrap_or_default()), "closed-ask"),
    };
    match &scene.despite {
        Some(why) => despite(hand, name, what, &title, why).await?,
        None => deed(hand, name, &[Pick::One(title)], None).await?,
    }
    said(hand, reply)
}

/// Whether what a scene opened has closed by itself: a sitting's closing post stands below its opening one; the
/// post of an ask that was opened alone has become its result.
pub async fn has_closed(hand: &Hand<'_>, scene: &Scene) -> Done<bool> {
    let stage = hand.stage;
    let posts = hand.room(stage.channel).await?;
    let Some(key) = &scene.open.sitting else {
        let head = format!("**{}**", stage.title(scene.open.ask.as_deref().unwrap_or_default()));
        let closed = format!("{head}\n{}", stage.words.say(&Said::new("ask-closed")));
        let texts = posts.iter().map(|post| giving::unescaped(&post.content));
        return Ok(texts
            .filter(|text| text.contains(&head))
            .map(|text| text.contains(&closed))
            .next()
            .unwrap_or(false));
    };
    let opening = person::find_post(hand, scene).await?;
    let (head, where_is_mine) =
        (format!("**{}**", stage.words.sitting(key).title), stage.label(labels::key::WHERE_IS_MINE));
    let is_closing =
        |post: &Post| giving::unescaped(&post.content).starts_with(&head) && button(post, &where_is_mine).is_some();
    Ok(posts.iter().take_while(|post| post.id != opening.id).any(is_closing))
}

/// Whether what a scene opens has opened by itself already. The post of an ask has its button only while it is open.
pub async fn has_opened(hand: &Hand<'_>, scene: &Scene) -> Done<bool> {
    if person::find_post(hand, scene).await.is_err() {
        return Ok(false);
    }
    Ok(scene.open.sitting.is_none() || !has_closed(hand, scene).await?)
}

/// Opens what a scene opens.
pub async fn open(hand: &mut Hand<'_>, memory: &Memory, scene: &Scene) -> Done {
    let stage = hand.stage;
    if let Some(key) = &scene.open.sitting {
        deed(hand, "open", &[Pick::One(stage.words.sitting(key).title)], None).await?;
        return said(hand, "opened");
    }
    let many = |words: Vec<String>| if words.is_empty() { Pick::All } else { Pick::Many(words) };
    let slate = scene.open.slate.iter().map(|card| memory.words_of(card).to_owned()).collect();
    let title = stage.title(scene.open.ask.as_deref().unwrap_or_default());
    let picks = [Pick::One(title), many(slate), many(scene.open.about.clone())];
    deed(hand, "ask-open", &picks, Some(&scene.open.because)).await?;
    said(hand, "ask-opened")
}

/// Whether the screen says what it should.
pub fn said(hand: &Hand<'_>, reply: &str) -> Done {
    let text = giving::unescaped(hand.text());
    // Where a gap stays empty, two spaces meet.
    let words = hand.stage.words;
    let whole = if words.knows(reply) { words.say(&Said::new(reply)) } else { words.label(reply).to_owned() };
    let whole = whole.replace("  ", "\n");
    let parts = whole.split(['.', ':', '*', '<', '{', '}', '`', '\n']).map(str::trim);
    let known = parts.max_by_key(|part| part.chars().count()).unwrap_or_default();
    if !known.is_empty() && text.contains(known) {
        Ok(())
    } else {
        Err(hand.lost(format!("the reply “{reply}” ({known})")))
    }
}

/// Does one act of the script.
pub async fn act(hand: &mut Hand<'_>, memory: &mut Memory, act: &HostAct) -> Done {
    let stage = hand.stage;
    let one = |words: &str| Pick::One(words.to_owned());
    let title = |ask: &str| Pick::One(stage.title(ask));
    match act {
        HostAct::Groups { ask, into } => groups::make(hand, ask, into).await,
        HostAct::Place { card, under } => place(hand, memory, card, under.as_deref()).await,
        HostAct::Cross { from, to } => {
            let picks = [one(memory.words_of(from)), one(memory.words_of(to))];
            deed(hand, "cross", &picks, None).await?;
            said(hand, "crossed")
        }
        HostAct::Merge { id, cards, text } => {
            let words = cards.iter().map(|card| memory.words_of(card).to_owned()).collect();
            deed(hand, "merge", &[title(memory.ask_of(&cards[0])), Pick::Many(words)], Some(text)).await?;
            memory.made(id, &cards[0], text);
            said(hand, "merged")
        }
        HostAct::Unmerge { card } => {
            deed(hand, "unmerge", &[one(memory.words_of(card))], None).await?;
            said(hand, "unmerged")
        }
        HostAct::Keep { ask, cards, .. } => {
            let words = cards.iter().map(|card| memory.words_of(card).to_owned()).collect();
            deed(hand, "keep", &[title(ask), Pick::Many(words)], None).await?;
            said(hand, "kept")
        }
        HostAct::Reword { ask, card, text, id } => {
            deed(hand, "reword", &[title(ask), one(memory.words_of(card))], Some(text)).await?;
            memory.made(id, card, text);
            said(hand, "reworded")
        }
        HostAct::Park { card, reason: Some(reason) } => {
            let picks = [title(memory.ask_of(card)), one(memory.words_of(card))];
            deed(hand, "park", &picks, Some(reason)).await?;
            said(hand, "parked")
        }
        HostAct::Park { card, reason: None } => {
            deed(hand, "unpark", &[one(memory.words_of(card))], None).await?;
            said(hand, "unparked")
        }
        _ => about_people(hand, memory, act).await,
    }
}

async fn about_people(hand: &mut Hand<'_>, memory: &mut Memory, act: &HostAct) -> Done {
    let stage = hand.stage;
    let name = |id: &str| stage.script.person(id).map_or(id, |person| person.name.as_str()).to_owned();
    let title = |ask: &str| Pick::One(stage.title(ask));
    match act {
        HostAct::Drafters { ask, people } => {
            let names = people.iter().map(|id| name(id)).collect();
            deed(hand, "drafters", &[title(ask), Pick::Many(names)], None).await?;
            said(hand, "drafters-named")
        }
        HostAct::Behalf { ask, person, cards } => {
            let Some(plan) = stage.plan.ask(ask) else { return Err(hand.lost(ask.as_str())) };
            for card in cards {
                deed(hand, "behalf", &[title(ask), Pick::One(name(person))], None).await?;
                giving::one(hand, memory, plan, card).await?;
                memory.given(stage, ask, card);
            }
            Ok(())
        }
        HostAct::Waive { ask, person, partner } => {
            let who = person.as_deref().map(name).or(partner.clone()).unwrap_or_default();
            deed(hand, "waive", &[title(ask), Pick::One(who)], None).await?;
            said(hand, "waived")
        }
        HostAct::Leave { person } => {
            deed(hand, "leave", &[Pick::One(name(person))], None).await?;
            said(hand, "left")
        }
        HostAct::CloseAsk { ask, despite: None } => {
            deed(hand, "ask-close", &[title(ask)], None).await?;
            said(hand, "closed-ask")
        }
        HostAct::CloseAsk { ask, despite: Some(why) } => {
            despite(hand, "ask-close", "ask", &stage.title(ask), why).await?;
            said(hand, "closed-ask")
        }
        HostAct::ClosePhase { phase, despite: why } => {
            let words = stage.words.phase(phase).title;
            match why {
                Some(why) => despite(hand, "close-phase", "phase", &words, why).await?,
                None => deed(hand, "close-phase", &[Pick::One(words)], None).await?,
            }
            said(hand, "closed-phase")
        }
        HostAct::Publish { label } => {
            deed(hand, "publish", &[], Some(label)).await?;
            said(hand, "published")
        }
        HostAct::Deed { name, picks, words, reply } => {
            let picks: Vec<Pick> = picks.iter().cloned().map(Pick::One).collect();
            deed(hand, name, &picks, words.as_deref()).await?;
            said(hand, reply)
        }
        _ => Err(hand.lost("a way to do this")),
    }
}

/// A card is moved in the tree that it grows in.
async fn place(hand: &mut Hand<'_>, memory: &Memory, card: &str, under: Option<&str>) -> Done {
    let stage = hand.stage;
    let source = memory.ask_of(card);
    let tree = stage
        .plan
        .asks()
        .find(|(_, _, ask)| ask.kind == crate::path::plan::Kind::Tree && ask.from.iter().any(|from| from == source));
    let (Some((phase, _, ask)), Some(under)) = (tree, under) else { return Err(hand.lost("the tree of this card")) };
    hand.command(&[&phase.key, &ask.key], json!({})).await?;
    figuring::under(hand, memory, card, under).await?;
    if hand.text().contains(TICK) { Ok(()) } else { Err(hand.lost("the tick after a card was placed")) }
}
