//! What is open stands in the server's own calendar: Discord's scheduled events follow the board.
//!
//! The guild's list is looked at first, whatever is remembered: what is ours there and not wanted goes, what differs is
//! changed, what is missing is made. So a try that was cut off is made good by the next one. What stood there as it is
//! wanted now, and is gone, was deleted by hand: it is left alone until its end moves.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Place;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use super::outlet::{Sending, snowflake};
use super::posts::{self, Worded};
use super::wire::{Code, Fault};
use crate::app::{Delivery, Receipt};
use crate::path::{Act, Board, Entry, Occasion, RoomId, Spot, TimeAct, Viewer, Who, WindowId, occasion};

/// Discord takes no event that begins now: so much later it may.
const LEAD: TimeDelta = TimeDelta::minutes(1);
/// `EXTERNAL`, `GUILD_ONLY` and `ACTIVE` (`resources/guild-scheduled-event`); greater ones are over.
const EXTERNAL: u8 = 3;
const GUILD_ONLY: u8 = 2;
const ACTIVE: u64 = 2;

/// An event of ours as it stands in the guild's list.
struct Standing {
    id: u64,
    words: Worded,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    is_running: bool,
}

/// An event as it shall be.
struct Wanted {
    entry: Entry,
    words: Worded,
    starts: DateTime<Utc>,
}

impl Sending<'_> {
    /// Makes the guild's list as the board has it.
    pub(super) async fn occasions(&self) -> Result<Delivery, Fault> {
        let mut wrote = false;
        match self.make_so(&mut wrote).await {
            Err(fault) if fault.is(Code::MissingPermission) => {
                self.barred(true).await;
                return Err(fault);
            }
            Err(fault) => return Err(fault),
            Ok(()) if wrote => self.barred(false).await,
            Ok(()) => {}
        }
        Ok(Delivery::Sent { message: None })
    }

    async fn make_so(&self, wrote: &mut bool) -> Result<(), Fault> {
        let Some(scene) = self.scene(Viewer::Room) else { return Ok(()) };
        let (board, now) = (scene.board(), self.app.now());
        let guild = board.partnership.house;
        let (mut standing, extras) = self.ours(board).await?;
        for event in extras {
            self.wire.unschedule(guild, event).await?;
            *wrote = true;
        }
        let mut wanted: Vec<Wanted> = Vec::new();
        for one in occasion::all(board) {
            wanted.extend(Wanted::of(board, &one, posts::occasion(&scene, &one), now));
        }
        let is_stray = |id: &WindowId| !wanted.iter().any(|one| one.entry.window == *id);
        let strays: Vec<WindowId> = standing.keys().copied().filter(is_stray).collect();
        for event in strays.iter().filter_map(|id| standing.remove(id)) {
            self.wire.unschedule(guild, event.id).await?;
            *wrote = true;
        }
        for one in &wanted {
            let there = standing.remove(&one.entry.window);
            *wrote |= self.bring_about(board, one, there, now).await?;
        }
        Ok(())
    }

    /// The events of this partnership that are there, one for each window, and the numbers of those that stand for a window
    /// twice; what is over is not among them.
    async fn ours(&self, board: &Board) -> Result<(BTreeMap<WindowId, Standing>, Vec<u64>), Fault> {
        let (me, guild) = (self.wire.me().await?, board.partnership.house);
        // Somebody may have taken the mark out of its description.
        let known: BTreeMap<u64, WindowId> = board.rooms.iter().filter_map(remembered).collect();
        let (mut ours, mut extras) = (BTreeMap::new(), Vec::new());
        for event in self.wire.scheduled(guild).await? {
            if snowflake(&event["creator_id"]) != Some(me) {
                continue;
            }
            let window = posts::marked(board.partnership.id, event["description"].as_str().unwrap_or_default());
            let Some(event) = Standing::read(&event) else { continue };
            let Some(window) = window.or_else(|| known.get(&event.id).copied()) else { continue };
            // An answer was lost, and the list was read before what it told of stood there.
            match ours.entry(window) {
                Place::Vacant(place) => drop(place.insert(event)),
                Place::Occupied(_) => extras.push(event.id),
            }
        }
        Ok((ours, extras))
    }

    /// Brings one event about; whether anything was to be done in the guild.
    async fn bring_about(
        &self,
        board: &Board,
        one: &Wanted,
        there: Option<Standing>,
        now: DateTime<Utc>,
    ) -> Result<bool, Fault> {
        let guild = board.partnership.house;
        let known = board.rooms.contains_key(&Spot::Occasion(one.entry));
        let is_too_late = one.entry.ends <= now + LEAD * 2;
        let mut is_gone = false;
        if let Some(event) = &there {
            if one.fits(event, now) {
                self.remember_entry(one.entry, event.id).await;
                return Ok(false);
            }
            if event.is_running && one.starts > now + LEAD {
                // What has begun cannot be sent back into the future.
                self.wire.unschedule(guild, event.id).await?;
                is_gone = true;
            } else if event.is_running || !is_too_late {
                match self.wire.reschedule(guild, event.id, one.change(event, now)).await {
                    Ok(()) => {
                        self.remember_entry(one.entry, event.id).await;
                        return Ok(true);
                    }
                    // It has ended or was deleted since the list was read.
                    Err(fault) if fault.is(Code::UnknownEvent) || fault.is(Code::FinishedEvent) => {}
                    Err(fault) => return Err(fault),
                }
            }
        }
        if known && !is_gone || is_too_late {
            return Ok(is_gone);
        }
        let made = match self.wire.schedule(guild, one.body(now)).await {
            // Full of others' events: the next change tries again, and nothing else waits for it.
            Err(fault) if fault.is(Code::EventsFull) => return Ok(is_gone),
            made => made?,
        };
        self.remember_entry(one.entry, made).await;
        Ok(true)
    }

    /// Writes down what stands in the calendar.
    async fn remember_entry(&self, entry: Entry, event: u64) {
        let place = Spot::Occasion(entry);
        if self.app.room(self.post.partnership, &place) == Some(RoomId(event)) {
            return;
        }
        let key = format!("outbox {} {event} {}", self.post.id, entry.ends.timestamp_millis());
        let receipt = Receipt { key, opening: None, at: None };
        let act = Act::Room { place, room: RoomId(event) };
        if let Err(error) = self.app.act(self.post.partnership, receipt, Who::Clock, act).await {
            tracing::warn!(%error, "an event could not be written down; it is found by its mark at the next change");
        }
    }

    /// Writes down whether the guild lets us: hosts are told once that it does not.
    async fn barred(&self, barred: bool) {
        let Some(scene) = self.scene(Viewer::Room) else { return };
        if scene.board().timetable.occasions.is_none_or(|on| on.barred == barred) {
            return;
        }
        let key = format!("outbox {} barred {barred} {}", self.post.id, self.post.attempts);
        let act = Act::Time(TimeAct::Barred(barred));
        let receipt = Receipt { key, opening: None, at: None };
        if let Err(error) = self.app.act(self.post.partnership, receipt, Who::Clock, act).await {
            tracing::warn!(%error, "that events are not allowed could not be written down");
        }
    }
}

impl Standing {
    /// An event of the list; none if it is over or unreadable.
    fn read(event: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let status = event["status"].as_u64()?;
        let words = Worded {
            name: text(&event["name"]),
            description: text(&event["description"]),
            location: text(&event["entity_metadata"]["location"]),
        };
        let standing = Self {
            id: snowflake(&event["id"])?,
            words,
            starts: moment(&event["scheduled_start_time"])?,
            ends: moment(&event["scheduled_end_time"])?,
            is_running: status == ACTIVE,
        };
        (status <= ACTIVE).then_some(standing)
    }
}

impl Wanted {
    fn of(board: &Board, one: &Occasion, words: Worded, now: DateTime<Utc>) -> Option<Self> {
        let since = board.timetable.occasions?.since;
        let entry = Entry { window: one.window, ends: one.ends, since };
        // What time is about to close needs no event any more, and gets none.
        (one.ends > now).then_some(Self { entry, words, starts: one.starts })
    }

    /// When it begins for Discord, which takes no past.
    fn begins(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.starts.max(now + LEAD)
    }

    fn fits(&self, event: &Standing, now: DateTime<Utc>) -> bool {
        // Where its hour has come already, it has begun or is about to.
        let begins = event.starts == self.starts || self.starts <= now + LEAD && event.starts <= self.begins(now);
        begins && event.ends == self.entry.ends && event.words == self.words
    }

    fn body(&self, now: DateTime<Utc>) -> Value {
        json!({
            "name": self.words.name, "description": self.words.description, "privacy_level": GUILD_ONLY,
            "entity_type": EXTERNAL, "entity_metadata": { "location": self.words.location },
            "scheduled_start_time": iso(self.begins(now)), "scheduled_end_time": iso(self.entry.ends),
        })
    }

    /// The start of one that runs is not taken, changed or not.
    fn change(&self, event: &Standing, now: DateTime<Utc>) -> Value {
        let mut body = json!({
            "name": self.words.name, "description": self.words.description,
            "entity_metadata": { "location": self.words.location }, "scheduled_end_time": iso(self.entry.ends),
        });
        if !event.is_running {
            body["scheduled_start_time"] = json!(iso(self.begins(now)));
        }
        body
    }
}

fn remembered((spot, event): (&Spot, &RoomId)) -> Option<(u64, WindowId)> {
    match spot {
        Spot::Occasion(entry) => Some((event.0, entry.window)),
        _ => None,
    }
}

fn moment(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|at| at.to_utc())
}

fn iso(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
