//! What a rehearsal comes to: numbers for a reader, and for tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;

use super::answer::Answer;
use super::conductor::HOSTING;
use super::effort::{Effort, Efforts};
use super::every::Kind;
use super::limits::{LIMITS, excess};
use super::nudges::{self, Count};
use super::script::Script;
use super::stage::Stage;

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
    /// How many of them stand in the partnership's channel, without Discord's own word that one was pinned.
    pub channel_posts: usize,
    /// Posts that rang somebody.
    pub rings: usize,
    /// Nudges by person.
    pub nudges: BTreeMap<String, Count>,
    /// Posts that stand twice in a room, in words and buttons the same.
    pub repeated: Vec<String>,
    /// What hosts did for the group.
    pub host_acts: u32,
    /// How often the bot was killed.
    pub kills: u32,
    /// The boundaries that were crossed, in Unix milliseconds of world time.
    pub boundaries: Vec<i64>,
    /// What was seen to happen at them.
    pub kinds: BTreeMap<Kind, usize>,
    /// How often something befell the bot at one.
    pub fallen: usize,
    /// Sittings that opened by themselves.
    pub opened_by_itself: usize,
    /// Sittings and asks that closed by themselves, and all that were opened.
    pub closed_by_itself: (usize, usize),
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
                    Answer::Stands | Answer::Remark(_) | Answer::NotYet(_) | Answer::Subject(_) => 1,
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
    pub fn told(&self, stage: &Stage<'_>) -> String {
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
            "{} posts in the channel (at most {}), {} in all · {} of them ring somebody · bot killed and restarted {} times",
            self.channel_posts,
            LIMITS.channel_posts,
            self.posts.len(),
            self.rings,
            self.kills
        );
        let (itself, opened) = self.closed_by_itself;
        let _ = writeln!(
            out,
            "Of {opened} steps {} opened by themselves, and {itself} closed by themselves",
            self.opened_by_itself
        );
        let (hosting, a_week) = (self.hosting(), self.hosting_a_week());
        let _ = writeln!(
            out,
            "Hosts did {} things for the group: {} taps, {} characters typed, {:.0} minutes, {a_week:.0} a week (at most {:.0})",
            self.host_acts,
            hosting.taps,
            hosting.typed_chars,
            hosting.minutes(),
            LIMITS.hosting_a_week
        );
        let _ = writeln!(out, "{} days of world time in {:.1} s", self.world_days, self.wall.as_secs_f64());
        for line in excess(self, LIMITS) {
            let _ = writeln!(out, "Too much: {line}.");
        }
        nudges::told(stage, &self.nudges, &mut out);
        self.by_person(stage.script, &mut out);
        self.by_sitting(stage, &mut out);
        self.by_both(stage.script, &mut out);
        out
    }

    /// What was asked of one person by the Path itself, without what hosts do for the group.
    fn asked(&self, person: &str) -> Effort {
        let efforts = self.efforts.0.get(person).into_iter().flatten();
        efforts.filter(|(scene, _)| *scene != HOSTING).fold(Effort::default(), |all, (_, one)| all.and(*one))
    }

    /// What hosts did for the group, all together.
    fn hosting(&self) -> Effort {
        let all = self.efforts.0.values().filter_map(|scenes| scenes.get(HOSTING));
        all.fold(Effort::default(), |sum, one| sum.and(*one))
    }

    /// Minutes of hosting in an average week.
    #[must_use]
    pub fn hosting_a_week(&self) -> f64 {
        let weeks = f64::from(u32::try_from(self.world_days).unwrap_or(1)) / 7.0;
        self.hosting().minutes() / weeks.max(1.0)
    }

    /// The most minutes that one opening took of one person, and whose.
    #[must_use]
    pub fn longest(&self) -> (f64, String) {
        let each = self.efforts.0.iter().flat_map(|(who, scenes)| scenes.iter().map(move |scene| (who, scene)));
        let each = each.filter(|(_, (scene, _))| *scene != HOSTING);
        let minutes = each.map(|(who, (scene, effort))| (effort.minutes(), format!("{who} in {scene}")));
        minutes.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or_default()
    }

    fn effort(&self, person: &str, scene: &str) -> Option<Effort> {
        self.efforts.0.get(person)?.get(scene).copied()
    }

    fn by_person(&self, script: &Script, out: &mut String) {
        let _ = writeln!(
            out,
            "\nAsked of each (model: a tap takes 2 s; 1000 characters are read or 150 typed in a minute)\n\
             {:<18}{:>6}{:>7}{:>7}{:>9}{:>9}",
            "", "taps", "read", "typed", "minutes", "hosting"
        );
        for person in &script.people {
            let all = self.asked(&person.id);
            let hosting = self.effort(&person.id, HOSTING).map(|effort| format!("{:.0}", effort.minutes()));
            let _ = writeln!(
                out,
                "{:<18}{:>6}{:>7}{:>7}{:>9.0}{:>9}",
                shortened(&person.name, 17),
                all.taps,
                all.read_chars,
                all.typed_chars,
                all.minutes(),
                hosting.unwrap_or_default()
            );
        }
    }

    fn by_sitting(&self, stage: &Stage<'_>, out: &mut String) {
        let _ = writeln!(out, "\n{:<28}{:>8}{:>8}{:>9}", "Minutes by sitting", "planned", "mean", "longest");
        for scene in scenes(stage.script).into_iter().skip(1) {
            let minutes = stage.script.people.iter().filter_map(|person| {
                let effort = self.effort(&person.id, scene)?;
                Some((effort.minutes(), person.name.as_str()))
            });
            let minutes: Vec<(f64, &str)> = minutes.collect();
            let Some((longest, who)) = minutes.iter().copied().max_by(|one, other| one.0.total_cmp(&other.0)) else {
                continue;
            };
            let people = u32::try_from(minutes.len()).map_or(1.0, f64::from);
            let mean = minutes.iter().map(|(minutes, _)| minutes).sum::<f64>() / people;
            let planned =
                stage.plan.sitting(scene).map_or(String::from("·"), |(_, sitting)| sitting.minutes.to_string());
            let title = match stage.plan.sitting(scene) {
                Some(_) => stage.words.sitting(scene).title,
                None => format!("  {}", stage.title(scene)),
            };
            let title = shortened(&title, 27);
            let _ = writeln!(out, "{title:<28}{planned:>8}{mean:>8.1}{longest:>9.1}  {who}");
        }
    }

    fn by_both(&self, script: &Script, out: &mut String) {
        let scenes = scenes(script);
        let _ = write!(out, "\n{:<18}", "Minutes by both");
        for nth in 1..=scenes.len() {
            let _ = write!(out, "{:>6}", format!("({nth})"));
        }
        let _ = writeln!(out);
        for person in &script.people {
            let _ = write!(out, "{:<18}", shortened(&person.name, 17));
            for scene in &scenes {
                let effort = self.effort(&person.id, scene);
                let minutes = effort.map_or_else(|| "·".to_owned(), |effort| format!("{:.1}", effort.minutes()));
                let _ = write!(out, "{minutes:>6}");
            }
            let _ = writeln!(out);
        }
        let names: Vec<String> = scenes.iter().zip(1..).map(|(scene, nth)| format!("({nth}) {scene}")).collect();
        let _ = writeln!(out, "{}", names.join(" · "));
    }
}

/// What was opened, in order, each key once; first what hosts do.
fn scenes(script: &Script) -> Vec<&str> {
    let mut keys: Vec<&str> = vec![HOSTING];
    for scene in &script.scenes {
        if !keys.contains(&scene.key()) {
            keys.push(scene.key());
        }
    }
    keys
}

fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    text.chars().take(chars_max - 1).chain(['…']).collect()
}
