//! The transcript: each channel and thread as its readers saw it, private replies marked with for whom.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};

use crate::sandbox::remote::{Place, Post};

use super::nudges;
use super::stage::Stage;

/// Discord's type of a text channel (`resources/channel`, *Channel Types*).
const CHANNEL: u8 = 0;
/// Discord's type of a private thread (`resources/channel`, *Channel Types*).
const PRIVATE_THREAD: u8 = 12;

/// A private screen as one person saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// When, in world time.
    pub at_ms: i64,
    /// Who.
    pub who: String,
    /// What they had just done.
    pub did: String,
    /// What stood there then.
    pub saw: String,
}

/// A room and all that was posted in it.
#[derive(Clone, Debug)]
pub struct Room {
    /// The channel or thread.
    pub place: Place,
    /// The one person who reads it, if it is a direct message.
    pub reader: Option<u64>,
    /// Its posts, oldest first, without private ones.
    pub posts: Vec<Post>,
}

/// Discord's type of a direct message (`resources/channel`, *Channel Types*).
pub const DIRECT: u8 = 1;

/// Reads every room that anybody sees.
///
/// # Errors
/// If the stand-in does not answer.
pub async fn rooms(stage: &Stage<'_>) -> Result<Vec<Room>> {
    let mut places: BTreeMap<u64, (Place, u64)> = BTreeMap::new();
    for user in stage.users.values() {
        for place in stage.remote.channels_of(*user).await? {
            places.entry(place.id.0).or_insert((place, *user));
        }
    }
    let mut rooms = Vec::new();
    for (id, (place, user)) in places {
        let mut posts = stage.remote.read_all(id).await?;
        posts.retain(|post| post.ephemeral_for.is_none());
        let reader = (place.kind == DIRECT).then_some(user);
        rooms.push(Room { place, reader, posts });
    }
    Ok(rooms)
}

/// The transcript as Markdown.
#[must_use]
pub fn markdown(stage: &Stage<'_>, rooms: &[Room], glimpses: &[Glimpse]) -> String {
    let mut out = format!(
        "# {}: what everybody saw\n\nTimes are world time in UTC. Private screens are seen by the one person named, and by nobody else.\n",
        stage.script.partnership.name
    );
    for room in rooms {
        let kind = match room.place.kind {
            PRIVATE_THREAD => "private thread",
            11 => "thread",
            1 => "direct message",
            _ => "channel",
        };
        let mut readers = room
            .place
            .members
            .iter()
            .flatten()
            .filter_map(|id| stage.person_of(id.0))
            .map(|person| person.name.as_str())
            .collect::<Vec<_>>();
        readers.sort_unstable();
        let readers = if room.place.kind == PRIVATE_THREAD {
            format!(" (readers: {})", readers.join(", "))
        } else {
            String::new()
        };
        let _ = write!(out, "\n## {kind} {}{readers}\n", room.place.name);
        let own: &[Glimpse] = if room.place.id.0 == stage.channel { glimpses } else { &[] };
        out.push_str(&lines(stage, room, own));
    }
    out
}

/// Posts and private screens of one room, in the order of time.
fn lines(stage: &Stage<'_>, room: &Room, glimpses: &[Glimpse]) -> String {
    let mut lines: Vec<(i64, String)> = Vec::new();
    for post in &room.posts {
        let at = post.timestamp.parse::<DateTime<Utc>>().map_or(0, |at| at.timestamp_millis());
        let edited = if post.edited_timestamp.is_some() { ", edited since" } else { "" };
        let pinned = if post.pinned { ", pinned" } else { "" };
        let rung: Vec<&str> =
            post.pinged.iter().filter_map(|id| stage.person_of(id.0)).map(|person| person.name.as_str()).collect();
        let rung = if rung.is_empty() { String::new() } else { format!(", for {}", rung.join(", ")) };
        let author = post.author["global_name"].as_str().or(post.author["username"].as_str()).unwrap_or("?");
        let event = match post.kind {
            1 => " lets somebody in",
            2 => " lets somebody out",
            6 => " pins a message",
            18 => " opens a thread",
            _ => "",
        };
        let mut text = format!("\n**{author}**{event} · {}{edited}{pinned}{rung}\n", moment(at));
        if event.is_empty() {
            text.push_str(&quoted(&super::hand::drawn(post)));
        }
        for file in &post.attachments {
            let _ = writeln!(text, "> [file {}]", file["filename"].as_str().unwrap_or("?"));
        }
        lines.push((at, text));
    }
    for glimpse in glimpses {
        let head = format!("\n*only {} sees this* · {} · {}\n", glimpse.who, moment(glimpse.at_ms), glimpse.did);
        lines.push((glimpse.at_ms, format!("{head}{}", quoted(&glimpse.saw))));
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, text)| text).collect()
}

fn quoted(text: &str) -> String {
    in_utc(text).lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "> {line}");
        out
    })
}

/// Moments as text: Discord draws `<t:1772751600:f>` in each reader's own zone.
pub(super) fn in_utc(text: &str) -> String {
    let mut parts = text.split("<t:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let read = |(stamp, rest)| Some((str::parse::<i64>(str::split(stamp, ':').next()?).ok()?, rest));
        if let Some((seconds, rest)) = part.split_once('>').and_then(read) {
            out.push_str(&moment(seconds.saturating_mul(1000)));
            out.push_str(rest);
        } else {
            out.push_str("<t:");
            out.push_str(part);
        }
    }
    out
}

fn moment(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().format("%a %d %b %H:%M").to_string()
}

/// The bot's posts, told so that two runs can be compared: room, moment, words, what can be pressed. Sorted.
///
/// A private thread is known by who is in it: which number a triad has is left to chance.
#[must_use]
pub fn posts(rooms: &[Room]) -> Vec<String> {
    let mut all: Vec<String> = rooms.iter().flat_map(told).collect();
    all.sort();
    all
}

/// The bot's posts that stand twice in a room in the same words, on messages of their own: in the channel ever, in
/// smaller rooms within an hour, for there somebody may be asked the same again. Nudges are counted apart.
#[must_use]
pub fn repeated(rooms: &[Room]) -> Vec<String> {
    let mut found = Vec::new();
    for room in rooms {
        let of_bot = room.posts.iter().filter(|post| post.author["bot"] == true && !post.content.is_empty());
        let mut last: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
        for post in of_bot.filter(|post| !nudges::is_nudge(post)) {
            let at = post.timestamp.parse::<DateTime<Utc>>().unwrap_or_default();
            let words = super::hand::drawn(post);
            let before = last.insert(words.clone(), at);
            let is_again = |before: DateTime<Utc>| room.place.kind == CHANNEL || at - before <= TimeDelta::hours(1);
            if before.is_some_and(is_again) {
                found.push(format!("in {}, {}: {words}", room.place.name, moment(at.timestamp_millis())));
            }
        }
    }
    found
}

fn told(room: &Room) -> Vec<String> {
    let name = &room.place.name;
    let members = || room.place.members.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let private = room.place.kind == PRIVATE_THREAD;
    let known = if private { format!("private thread of {}", members()) } else { name.clone() };
    let words = |post: &Post| {
        let words = super::hand::drawn(post);
        if private { words.replace(name, "…").replace(&name.to_lowercase(), "…") } else { words }
    };
    let of_bot = room.posts.iter().filter(|post| post.author["bot"] == true);
    of_bot.map(|post| format!("{known} | {} | {}", post.timestamp, words(post))).collect()
}
