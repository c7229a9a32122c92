//! The routes of scheduled events (`resources/guild-scheduled-event`), one function each.

use reqwest::Method;
use serde_json::Value;

use super::routes::id_of;
use super::{Fault, Wire};

impl Wire {
    /// The scheduled events of a guild.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn scheduled(&self, guild: u64) -> Result<Vec<Value>, Fault> {
        let answer = self.plain("events", Method::GET, guild, all(guild), None).await?;
        Ok(answer.as_array().cloned().unwrap_or_default())
    }

    /// Makes a scheduled event (needs `CREATE_EVENTS`); its id.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn schedule(&self, guild: u64, body: Value) -> Result<u64, Fault> {
        let route = "make event";
        id_of(route, &self.plain(route, Method::POST, guild, all(guild), Some(body)).await?)
    }

    /// Changes a scheduled event of ours.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn reschedule(&self, guild: u64, event: u64, body: Value) -> Result<(), Fault> {
        let path = format!("{}/{event}", all(guild));
        self.plain("change event", Method::PATCH, guild, path, Some(body)).await.map(drop)
    }

    /// Takes a scheduled event of ours away; also if somebody has done so before.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn unschedule(&self, guild: u64, event: u64) -> Result<(), Fault> {
        let path = format!("{}/{event}", all(guild));
        match self.plain("delete event", Method::DELETE, guild, path, None).await {
            Err(fault) if fault.is(super::Code::UnknownEvent) => Ok(()),
            other => other.map(drop),
        }
    }
}

fn all(guild: u64) -> String {
    format!("/guilds/{guild}/scheduled-events")
}
