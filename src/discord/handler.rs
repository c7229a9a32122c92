//! The one place where events of the gateway arrive.
//!
//! A raw handler, so that an interaction which serenity cannot parse is answered all the same
//! instead of vanishing, and so that every event can be counted when it has been handled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serenity::all::{Context, Event, RawEventHandler};
use serenity::async_trait;
use tokio::sync::Semaphore;

use super::commands::{self, Command};
use super::wire::Wire;
use super::{inbound, respond};
use crate::app::App;
use crate::path::RoomId;
use crate::prompts::DEFAULT_LANGUAGE;

/// Interactions that are answered at once; more wait their turn.
const AT_ONCE: usize = 256;
/// Threads whose channel is remembered.
const PARENTS_MAX: usize = 4096;
/// Discord's types of threads (`resources/channel`, *Channel Types*).
const THREADS: std::ops::RangeInclusive<u64> = 10..=12;
/// Discord's name of the event that carries interactions.
const INTERACTION: &str = "INTERACTION_CREATE";

/// Handles what the gateway sends.
pub struct Handler {
    app: App,
    wire: Wire,
    commands: Arc<Vec<Command>>,
    places: Semaphore,
    registered: Mutex<Option<String>>,
    parents: Mutex<HashMap<u64, Option<u64>>>,
}

impl Handler {
    /// With the program's heart, the line to Discord and the list of commands.
    #[must_use]
    pub fn new(app: App, wire: Wire, commands: Arc<Vec<Command>>) -> Self {
        Self {
            app,
            wire,
            commands,
            places: Semaphore::new(AT_ONCE),
            registered: Mutex::new(None),
            parents: Mutex::default(),
        }
    }

    async fn handle(&self, event: Event) {
        match event {
            Event::Ready(ready) => self.register(ready.ready.application.id.get()).await,
            Event::InteractionCreate(event) => {
                let Some(mut inbound) = inbound::read(&event.interaction) else { return };
                // The semaphore is never closed; a place is always given in the end.
                let _place = self.places.acquire().await;
                self.place(&mut inbound).await;
                respond::respond(&self.app, &self.wire, &self.commands, &inbound).await;
            }
            Event::Unknown(event) if event.kind == INTERACTION => {
                let words = self.app.words(DEFAULT_LANGUAGE).label("unreadable");
                respond::unread(&self.wire, &event.value, words).await;
            }
            Event::Unknown(event) => tracing::debug!(kind = event.kind, "an event that serenity does not know"),
            _ => {}
        }
    }

    /// Finds the channel to which a thread belongs, where the interaction does not say so; asked once.
    async fn place(&self, inbound: &mut inbound::Inbound) {
        if inbound.is_placed || self.app.partnership_in(RoomId(inbound.room)).is_some() {
            return;
        }
        let known = self.parents.lock().unwrap_or_else(PoisonError::into_inner).get(&inbound.room).copied();
        inbound.above = match known {
            Some(parent) => parent,
            None => {
                let Ok(channel) = self.wire.channel(inbound.room).await else { return };
                let is_thread = channel["type"].as_u64().is_some_and(|kind| THREADS.contains(&kind));
                let parent = channel["parent_id"].as_str().and_then(|id| id.parse().ok()).filter(|_| is_thread);
                let mut parents = self.parents.lock().unwrap_or_else(PoisonError::into_inner);
                if parents.len() >= PARENTS_MAX {
                    parents.clear();
                }
                parents.insert(inbound.room, parent);
                parent
            }
        };
    }

    /// Registers the list of commands: once at the start, and again when it has changed.
    async fn register(&self, application: u64) {
        let built: Vec<_> = self.commands.iter().map(Command::build).collect();
        let Ok(list) = serde_json::to_value(built) else { return };
        let fingerprint = commands::fingerprint(&list);
        let known = self.registered.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if known.as_ref() == Some(&fingerprint) {
            return;
        }
        match self.wire.register(application, &list).await {
            Ok(()) => {
                tracing::info!(commands = self.commands.len(), fingerprint, "commands registered");
                *self.registered.lock().unwrap_or_else(PoisonError::into_inner) = Some(fingerprint);
            }
            Err(fault) => tracing::error!(%fault, "commands could not be registered"),
        }
    }
}

#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, _: Context, event: Event) {
        let pulse = self.app.pulse();
        let busy = pulse.begin();
        self.handle(event).await;
        drop(busy);
        pulse.finished();
    }
}
