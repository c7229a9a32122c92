//! What a person does with what they see: find the post, press *Start*, answer what is asked.

use serde_json::json;

use crate::path::plan::{Ask, Kind};
use crate::sandbox::remote::Post;

use super::answer::{Answer, Wrong};
use super::figuring;
use super::giving;
use super::hand::{Done, Hand, button};
use super::joining;
use super::labels::key;
use super::memory::Memory;
use super::script::{PersonScript, Scene};
use super::stage::Stage;
use super::wrong;

/// Screens one visit may take before somebody gives up: more than any sitting has.
const PATIENCE: usize = 40;

/// One visit of one person to what is open.
#[derive(Debug)]
pub struct Visit<'a, 's> {
    /// Eyes and hands.
    pub hand: &'s mut Hand<'a>,
    /// What is remembered of the cards.
    pub memory: &'s mut Memory,
    /// What is open.
    pub scene: &'a Scene,
    /// Refusals that were met, in their own words.
    pub refusals: &'s mut Vec<String>,
    /// Whether the person has just said who they are, and greeted with it.
    pub joins: bool,
    /// Whether they come again after an interruption, and look what became of theirs.
    pub again: bool,
}

impl<'a> Visit<'a, '_> {
    fn stage(&self) -> &'a Stage<'a> {
        self.hand.stage
    }

    fn person(&self) -> &'a PersonScript {
        self.hand.person
    }

    fn answer(&self, ask: &Ask) -> Option<&'a Answer> {
        self.scene.answer(&ask.key, &self.person().id)
    }

    /// The asks that the scene opens.
    fn asks(&self) -> Vec<&'a Ask> {
        asks(self.stage(), self.scene)
    }

    /// What is done at one go: the walk after *Start*, then what is there beside it.
    pub async fn all(&mut self) -> Done {
        let walked: Vec<&Ask> = self.asks().into_iter().filter(|ask| is_walked(self.scene, ask)).collect();
        let greeted = joining::hello(self.stage()).filter(|_| self.joins).map(|ask| &ask.key);
        if walked.iter().any(|ask| self.answer(ask).is_some() && Some(&ask.key) != greeted) {
            self.start().await?;
            self.walk(&walked).await?;
        }
        if self.again {
            self.look_again(&walked).await?;
        }
        let beside: Vec<&Ask> = self.asks().into_iter().filter(|ask| !is_walked(self.scene, ask)).collect();
        for ask in beside {
            if let Some(answer) = self.answer(ask) {
                self.show(ask).await?;
                self.give(ask, answer).await?;
                self.wrong(ask).await?;
            }
        }
        Ok(())
    }

    /// After an interruption: what takes several taps may have stayed half done.
    async fn look_again(&mut self, walked: &[&'a Ask]) -> Done {
        for ask in walked {
            let several = matches!(
                self.answer(ask),
                Some(Answer::Cards(_) | Answer::Marks(_) | Answer::Assign(_) | Answer::Figures(_))
            );
            if let Some(answer) = self.answer(ask).filter(|_| several) {
                self.show_again(ask).await?;
                self.give(ask, answer).await?;
                for card in answer.cards() {
                    giving::support_late(self.hand, self.memory, card).await?;
                }
            }
        }
        Ok(())
    }

    /// Finds the post of what is open, newest first, and presses its button.
    async fn start(&mut self) -> Done {
        let post = find_post(self.hand, self.scene).await?;
        let label = button_of(self.stage(), self.scene);
        self.hand.press_on(&post, &label).await
    }

    /// One ask after another, as they come.
    async fn walk(&mut self, asks: &[&'a Ask]) -> Done {
        for _ in 0..PATIENCE {
            let Some(ask) = self.shown(asks) else { return Ok(()) };
            // Somebody else gives this one, for the partner or the triad: the screen is left.
            let Some(answer) = self.answer(ask) else { return self.nothing_left(asks, ask) };
            self.wrong(ask).await?;
            self.give(ask, answer).await?;
            if self.shown(asks).is_some_and(|shown| shown.key == ask.key) {
                self.onward().await?;
            }
            if self.shown(asks).is_some_and(|shown| shown.key == ask.key) {
                return Err(self.hand.lost(format!("the way on after “{}”", self.stage().title(&ask.key))));
            }
        }
        Err(self.hand.lost("the end of the sitting"))
    }

    /// Nothing that the script has for this person may lie behind an ask that is left.
    fn nothing_left(&self, asks: &[&'a Ask], at: &Ask) -> Done {
        let behind = asks.iter().skip_while(|ask| ask.key != at.key).skip(1);
        match behind.filter(|ask| self.answer(ask).is_some()).map(|ask| self.stage().title(&ask.key)).next() {
            None => Ok(()),
            Some(title) => {
                let here = self.stage().title(&at.key);
                Err(self.hand.lost(format!("a way past “{here}”, which the script does not answer, to “{title}”")))
            }
        }
    }

    async fn onward(&mut self) -> Done {
        for key in [key::DONE, key::NEXT] {
            let label = self.stage().label(key);
            if self.hand.has_button(&label) {
                return self.hand.press(&label).await;
            }
        }
        Ok(())
    }

    /// Which of these asks stands on the screen: the one whose title comes first.
    fn shown(&self, asks: &[&'a Ask]) -> Option<&'a Ask> {
        let text = self.hand.text();
        let at = |ask: &&Ask| text.find(&format!("**{}**", self.stage().title(&ask.key)));
        asks.iter().copied().filter(|ask| at(ask).is_some()).min_by_key(at)
    }

    /// Shows an ask that is not part of the walk: by its button where one stands, else by its command.
    pub async fn show(&mut self, ask: &Ask) -> Done {
        let title = self.stage().title(&ask.key);
        if self.hand.has_button(&title) {
            return self.hand.press(&title).await;
        }
        let Some((phase, _)) = self.stage().plan.sitting_of(&ask.key) else { return Err(self.hand.lost(title)) };
        self.hand.command(&[&phase.key, &ask.key], json!({})).await
    }

    async fn wrong(&mut self, ask: &Ask) -> Done {
        let mine = |wrong: &&Wrong| wrong.who == self.person().id && wrong.ask.as_deref() == Some(ask.key.as_str());
        let tries: Vec<&Wrong> = self.scene.wrong.iter().filter(mine).collect();
        for wrong in tries {
            let refusal = wrong::attempt(self.hand, self.memory, ask, wrong).await?;
            self.refusals.push(refusal);
            // After a refusal a person goes back to what was asked.
            self.show_again(ask).await?;
        }
        Ok(())
    }

    async fn show_again(&mut self, ask: &Ask) -> Done {
        let Some((phase, _)) = self.stage().plan.sitting_of(&ask.key) else { return Ok(()) };
        self.hand.command(&[&phase.key, &ask.key], json!({})).await
    }

    /// Gives what the script says.
    async fn give(&mut self, ask: &Ask, answer: &Answer) -> Done {
        let (hand, memory) = (&mut *self.hand, &mut *self.memory);
        let stage = hand.stage;
        match answer {
            Answer::Pass => hand.press(&stage.label(key::SKIP)).await,
            Answer::Told => hand.press(&stage.label(key::TOLD)).await,
            Answer::Read => self.read(ask).await,
            Answer::Stands => hand.press(&stage.label(key::STANDS)).await,
            Answer::Remark(note) => figuring::note(hand, memory, key::REMARK, note).await,
            Answer::NotYet(note) => figuring::note(hand, memory, key::NOT_YET, note).await,
            Answer::Subject(day) => figuring::subject(hand, *day).await,
            Answer::Cards(cards) => giving::cards(hand, memory, ask, cards).await,
            Answer::Marks(cards) => figuring::marks(hand, memory, ask, cards).await,
            Answer::Assign(chosen) => figuring::assign(hand, memory, ask, chosen).await,
            Answer::Figures(piles) => figuring::figures(hand, memory, ask, piles).await,
            Answer::Places(places) => figuring::places(hand, memory, places).await,
        }
    }

    /// Reads page after page.
    async fn read(&mut self, ask: &Ask) -> Done {
        let pages = self.stage().words.ask(&ask.key).pages.len().max(1);
        let next = self.stage().label(key::NEXT);
        for _ in 0..pages {
            self.hand.press(&next).await?;
        }
        Ok(())
    }
}

/// The asks that a scene opens.
#[must_use]
pub fn asks<'a>(stage: &Stage<'a>, scene: &Scene) -> Vec<&'a Ask> {
    match (&scene.open.sitting, &scene.open.ask) {
        (Some(key), _) => stage.plan.sitting(key).map(|(_, sitting)| sitting.asks.iter().collect()).unwrap_or_default(),
        (None, Some(key)) => stage.plan.ask(key).into_iter().collect(),
        (None, None) => Vec::new(),
    }
}

/// Whether an ask is met by pressing the post's button. An ask that is opened alone always is.
fn is_walked(scene: &Scene, ask: &Ask) -> bool {
    scene.open.ask.is_some() || !ask.optional && !matches!(ask.kind, Kind::Tree | Kind::Groups)
}

/// The label of the button under the post of what a scene opens.
#[must_use]
pub fn button_of(stage: &Stage<'_>, scene: &Scene) -> String {
    match &scene.open.ask {
        Some(ask) => stage.title(ask),
        None => stage.label(key::START),
    }
}

/// The post of what a scene opens, newest first. Private screens that still stand there are no posts.
pub async fn find_post(hand: &Hand<'_>, scene: &Scene) -> Done<Post> {
    let stage = hand.stage;
    let label = button_of(stage, scene);
    let words = match &scene.open.sitting {
        Some(key) => first_line(&stage.words.sitting(key).post),
        None => String::new(),
    };
    let posts = hand.room(stage.channel).await?;
    let found = posts
        .into_iter()
        .filter(|post| post.ephemeral_for.is_none())
        .find(|post| button(post, &label).is_some() && giving::unescaped(&post.content).contains(&words));
    found.ok_or_else(|| hand.lost(format!("the post of {} with “{label}”", scene.key())))
}

/// The first line of a post, as far as it has no gaps.
fn first_line(post: &str) -> String {
    let line = post.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.split("{{").next().unwrap_or_default().trim().to_owned()
}
