//! Polls of messages ("Poll resource"): their limits, their votes, their end.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::error::{ApiError, Problems};
use super::message::Message;
use super::rules::{given, items};
use super::snowflake::{Id, iso};
use super::state::State;

const QUESTION_CHARS_MAX: usize = 300;
const ANSWERS_MAX: usize = 10;
const ANSWER_CHARS_MAX: usize = 55;
const HOURS_MAX: i64 = 768;
const HOURS_DEFAULT: i64 = 24;
/// `POLL_RESULT` ("Message types").
pub(crate) const POLL_RESULT: u8 = 46;

/// A poll as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Poll {
    question: Value,
    /// The media of each answer; its id is its place, from 1.
    answers: Vec<Value>,
    multiselect: bool,
    pub(crate) expiry_ms: i64,
    /// Who voted for which answer, in the order of their ids.
    votes: BTreeMap<u64, Vec<Id>>,
    pub(crate) ended: bool,
}

/// Checks the `poll` of a message that is created.
pub(crate) fn check(problems: &mut Problems, poll: &Value) {
    if !given(poll) {
        return;
    }
    problems.only("poll", poll, "question answers duration allow_multiselect layout_type");
    problems.only("poll.question", &poll["question"], "text");
    let question = poll["question"]["text"].as_str().unwrap_or_default();
    problems.length("poll.question.text", question, 1, QUESTION_CHARS_MAX);
    problems.count("poll.answers", items(&poll["answers"]).len(), 1, ANSWERS_MAX);
    for (n, answer) in items(&poll["answers"]).iter().enumerate() {
        problems.only(&format!("poll.answers.{n}"), answer, "poll_media");
        let at = format!("poll.answers.{n}.poll_media");
        problems.only(&at, &answer["poll_media"], "text emoji");
        let text = answer["poll_media"]["text"].as_str().unwrap_or_default();
        problems.length(&format!("{at}.text"), text, 1, ANSWER_CHARS_MAX);
    }
    let hours = poll.get("duration").filter(|hours| given(hours)).map_or(Some(HOURS_DEFAULT), Value::as_i64);
    if !hours.is_some_and(|hours| (1..=HOURS_MAX).contains(&hours)) {
        let say = format!("int value should be between 1 and {HOURS_MAX}.");
        problems.add("poll.duration", "NUMBER_TYPE_MAX", say);
    }
    if given(&poll["layout_type"]) && poll["layout_type"] != 1 {
        problems.add("poll.layout_type", "BASE_TYPE_CHOICES", "Value must be one of (1).");
    }
}

impl Poll {
    /// From a checked body.
    pub(crate) fn new(body: &Value, now_ms: i64) -> Self {
        let hours = body["duration"].as_i64().unwrap_or(HOURS_DEFAULT);
        Self {
            question: json!({"text": body["question"]["text"]}),
            answers: items(&body["answers"]).iter().map(|answer| answer["poll_media"].clone()).collect(),
            multiselect: body["allow_multiselect"] == true,
            expiry_ms: now_ms + hours * 3_600_000,
            votes: BTreeMap::new(),
            ended: false,
        }
    }

    /// The object as Discord shows it, with its results.
    pub(crate) fn json(&self) -> Value {
        let answer = |(n, media): (usize, &Value)| json!({"answer_id": n + 1, "poll_media": media});
        // An answer without votes is left out: that means none.
        let voted = self.votes.iter().filter(|(_, who)| !who.is_empty());
        let count = |(id, who): (&u64, &Vec<Id>)| json!({"id": id, "count": who.len(), "me_voted": false});
        json!({
            "question": self.question, "answers": self.answers.iter().enumerate().map(answer).collect::<Vec<_>>(),
            "expiry": iso(self.expiry_ms), "allow_multiselect": self.multiselect, "layout_type": 1,
            "results": {"answer_counts": voted.map(count).collect::<Vec<_>>(), "is_finalized": self.ended},
        })
    }

    /// Who voted for an answer, by the order of their ids; none if there is no such answer.
    pub(crate) fn voters(&self, answer: u64) -> Option<Vec<Id>> {
        let place = usize::try_from(answer).ok()?.checked_sub(1)?;
        self.answers.get(place)?;
        let mut who = self.votes.get(&answer).cloned().unwrap_or_default();
        who.sort_unstable();
        Some(who)
    }

    /// Somebody's votes, all of them: the set replaces what was there, as pressing *Vote* does.
    pub(crate) fn vote(&mut self, user: Id, answers: &[u64]) -> Result<(), &'static str> {
        if self.ended {
            return Err("this poll has ended");
        }
        if answers.len() > 1 && !self.multiselect {
            return Err("this poll takes one answer");
        }
        if answers.iter().any(|answer| self.voters(*answer).is_none()) {
            return Err("this poll has no such answer");
        }
        self.votes.values_mut().for_each(|who| who.retain(|id| *id != user));
        for answer in answers {
            self.votes.entry(*answer).or_default().push(user);
        }
        Ok(())
    }

    /// The answer that leads: its id and its votes.
    fn leading(&self) -> Option<(u64, usize)> {
        self.votes.iter().map(|(id, who)| (*id, who.len())).max_by_key(|(id, count)| (*count, u64::MAX - id))
    }

    fn result(&self) -> Value {
        let field = |name: &str, value: String| json!({"name": name, "value": value, "inline": false});
        let total: usize = self.votes.values().map(Vec::len).sum();
        let question = self.question["text"].as_str().unwrap_or_default().to_owned();
        let mut fields = vec![field("poll_question_text", question)];
        if let Some((id, count)) = self.leading() {
            fields.push(field("victor_answer_votes", count.to_string()));
            fields.push(field("total_votes", total.to_string()));
            fields.push(field("victor_answer_id", id.to_string()));
        }
        json!({"type": "poll_result", "fields": fields})
    }
}

impl State {
    /// The polls that end by themselves, and when.
    pub(crate) fn expiries(&self) -> impl Iterator<Item = (i64, Id)> {
        let open = |message: &Message| message.poll.as_ref().filter(|poll| !poll.ended).map(|poll| poll.expiry_ms);
        self.messages.values().filter_map(move |message| Some((open(message)?, message.id)))
    }

    /// A poll ends: its counts are exact from now on, and a message says so.
    pub(crate) fn end_poll(&mut self, id: Id) {
        let now_ms = self.now_ms;
        let Some(message) = self.messages.get_mut(&id) else { return };
        let (channel, author) = (message.channel, message.author);
        let Some(poll) = message.poll.as_mut().filter(|poll| !poll.ended) else { return };
        poll.ended = true;
        poll.expiry_ms = poll.expiry_ms.min(now_ms);
        let result = poll.result();
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        self.emit_message("MESSAGE_UPDATE", id);
        let mut told = Message::by(author, channel, POLL_RESULT);
        told.embeds = vec![result];
        told.reference = Some(json!({"type": 0, "channel_id": channel, "message_id": id, "guild_id": guild}));
        self.post(told);
    }

    /// Somebody votes: the bot hears of each answer that came or went, if it listens.
    pub(crate) fn vote(&mut self, id: Id, user: Id, answers: &[u64]) -> Result<(), &'static str> {
        let message = self.messages.get_mut(&id).ok_or("no such message")?;
        let channel = message.channel;
        let poll = message.poll.as_mut().ok_or("this message has no poll")?;
        let before: Vec<u64> = poll.votes.iter().filter(|(_, who)| who.contains(&user)).map(|(id, _)| *id).collect();
        poll.vote(user, answers)?;
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        let data = |answer: &u64| {
            json!({
                "user_id": user, "channel_id": channel, "message_id": id, "guild_id": guild, "answer_id": answer,
            })
        };
        for answer in before.iter().filter(|answer| !answers.contains(answer)) {
            self.emit_in("MESSAGE_POLL_VOTE_REMOVE", channel, &data(answer));
        }
        for answer in answers.iter().filter(|answer| !before.contains(answer)) {
            self.emit_in("MESSAGE_POLL_VOTE_ADD", channel, &data(answer));
        }
        Ok(())
    }

    /// The poll of a message.
    pub(crate) fn poll(&self, channel: Id, id: Id) -> Result<&Poll, ApiError> {
        self.message(channel, id)?.poll.as_ref().ok_or_else(|| ApiError::of(10008))
    }
}
