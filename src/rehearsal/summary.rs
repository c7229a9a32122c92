//! What a rehearsal comes to: numbers for a reader, and for tests.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;

use super::answer::Answer;
use super::effort::Efforts;
use super::script::Script;

/// The end of a rehearsal.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// People, the silent ones included.
    pub people: usize,
    /// Cards given.
    pub cards: usize,
    /// Figures set: marks, answers, nominations, red and green.
    pub figures: usize,
    /// Decisions that stand on the canvas.
    pub decisions: usize,
    /// Refusals met: who, and in which words.
    pub refusals: Vec<(String, String)>,
    /// What was asked of whom.
    pub efforts: Efforts,
    /// The bot's posts, room by room, sorted: two runs can be compared by them.
    pub posts: Vec<String>,
    /// How many of them stand in the partnership's channel.
    pub channel_posts: usize,
    /// Posts that rang somebody.
    pub nudges: usize,
    /// How often the bot was killed.
    pub kills: u32,
    /// World time from start to end.
    pub world_days: i64,
    /// Wall time.
    pub wall: Duration,
    /// The canvas as JSON.
    pub canvas: Value,
}

/// Cards and figures that a script's people give.
#[must_use]
pub fn given(script: &Script) -> (usize, usize) {
    let mut sum = (0, 0);
    for scene in &script.scenes {
        for ask in scene.answers.keys() {
            let answers =
                script.people.iter().filter(|person| !person.silent).filter_map(|person| scene.answer(ask, &person.id));
            for answer in answers {
                sum.0 += answer.cards().len();
                sum.1 += match answer {
                    Answer::Marks(cards) => cards.len(),
                    Answer::Assign(chosen) => chosen.len(),
                    Answer::Figures(piles) => piles.values().map(Vec::len).sum(),
                    Answer::Stands | Answer::Remark(_) | Answer::NotYet(_) => 1,
                    _ => 0,
                };
            }
        }
    }
    sum
}

/// How many different decisions the lines of a canvas name as what settled them.
#[must_use]
pub fn decisions(canvas: &Value) -> usize {
    fn collect(value: &Value, found: &mut std::collections::BTreeSet<i64>) {
        match value {
            Value::Object(object) => {
                found.extend(object.get("decision").and_then(Value::as_i64));
                object.values().for_each(|value| collect(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = std::collections::BTreeSet::new();
    collect(canvas, &mut found);
    found.len()
}

impl Summary {
    /// The summary as people read it.
    #[must_use]
    pub fn told(&self, script: &Script) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "\n{} people · {} cards · {} figures · {} decisions · {} refusals met",
            self.people,
            self.cards,
            self.figures,
            self.decisions,
            self.refusals.len()
        );
        for (who, words) in &self.refusals {
            let _ = writeln!(out, "  {who} was told: {}", shortened(words, 100));
        }
        let _ = writeln!(
            out,
            "{} posts in the channel, {} in all · {} of them ring somebody · killed and restarted {} times",
            self.channel_posts,
            self.posts.len(),
            self.nudges,
            self.kills
        );
        let _ = writeln!(out, "{} days of world time in {:.1} s\n", self.world_days, self.wall.as_secs_f64());
        self.asked(script, &mut out);
        out
    }

    /// What the Path asked of each person, sitting by sitting.
    fn asked(&self, script: &Script, out: &mut String) {
        let scenes: Vec<&str> = self.scenes(script);
        let _ = writeln!(
            out,
            "What it asks of each, in model minutes (a tap 2 s, 1000 characters read or 150 typed a minute):"
        );
        let _ = write!(out, "{:<18}{:>6}{:>8}{:>8}{:>9} ", "", "taps", "read", "typed", "minutes");
        for nth in 1..=scenes.len() {
            let _ = write!(out, "{:>5}", format!("({nth})"));
        }
        let _ = writeln!(out);
        for person in &script.people {
            let all = self.efforts.of(&person.id);
            let _ = write!(
                out,
                "{:<18}{:>6}{:>8}{:>8}{:>9.1} ",
                shortened(&person.name, 17),
                all.taps,
                all.read_chars,
                all.typed_chars,
                all.minutes()
            );
            for scene in &scenes {
                let effort = self.efforts.0.get(&person.id).and_then(|efforts| efforts.get(*scene));
                let _ = write!(
                    out,
                    "{:>5}",
                    effort.map_or_else(|| "·".to_owned(), |effort| format!("{:.1}", effort.minutes()))
                );
            }
            let _ = writeln!(out, "{}", if person.host { "  host" } else { "" });
        }
        let names: Vec<String> = scenes.iter().zip(1..).map(|(scene, nth)| format!("({nth}) {scene}")).collect();
        let _ = writeln!(out, "{}", names.join(" · "));
    }

    /// What was opened, in order, each key once.
    fn scenes<'a>(&self, script: &'a Script) -> Vec<&'a str> {
        let mut keys: Vec<&str> = vec![super::conductor::HOSTING];
        for scene in &script.scenes {
            if !keys.contains(&scene.key()) {
                keys.push(scene.key());
            }
        }
        keys
    }
}

fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    text.chars().take(chars_max - 1).chain(['…']).collect()
}
