//! From a checked body to a message: content, embeds, components, files, flags.

use serde_json::{Value, json};

use super::Call;
use crate::sandbox::error::ApiError;
use crate::sandbox::message::{COMPONENTS_V2, EPHEMERAL, File, Message, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS};
use crate::sandbox::poll::Poll;
use crate::sandbox::rules::message::{FILES_MAX, Form, settle_embed};
use crate::sandbox::rules::{components, given, items};
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

/// Bytes of one file in a guild without boosts ("Reference", uploading files).
const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;

impl State {
    /// Writes a body into a message. On an edit, a field that is missing leaves things as they are.
    pub(super) fn compose(
        &mut self,
        message: &mut Message,
        form: Form,
        body: &Value,
        call: &Call,
    ) -> Result<(), ApiError> {
        if !body["content"].is_null() || body.get("content").is_some() {
            body["content"].as_str().unwrap_or_default().trim().clone_into(&mut message.content);
        }
        if body.get("embeds").is_some() {
            message.embeds = items(&body["embeds"]).iter().map(settle_embed).collect();
        }
        if body.get("components").is_some() {
            message.components = components::settle(&body["components"]);
        }
        if let Some(flags) = body["flags"].as_u64() {
            let settable = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2;
            let kept = message.flags & !SUPPRESS_EMBEDS;
            message.flags = kept | (flags & settable);
            if form == Form::Answer {
                message.flags |= flags & EPHEMERAL;
            }
        }
        if given(&body["poll"]) {
            match form {
                Form::Create => message.poll = Some(Poll::new(&body["poll"], self.now_ms)),
                Form::Edit => return Err(ApiError::of(520_003)),
                Form::Answer | Form::AnswerEdit => {
                    let message = "The sandbox has no polls in answers to interactions".into();
                    return Err(ApiError { status: 501, message, ..ApiError::of(0) });
                }
            }
        }
        self.attach(message, body, call, matches!(form, Form::Edit | Form::AnswerEdit))?;
        let allowed = Some(&body["allowed_mentions"]).filter(|rules| given(rules));
        let mut pinging = message.clone();
        self.mention(&mut pinging, allowed, form == Form::Create);
        if matches!(form, Form::Edit | Form::AnswerEdit) {
            // An edit changes whom a message mentions, but nobody's pocket buzzes again.
            pinging.pinged.clone_from(&message.pinged);
        }
        *message = pinging;
        if message.is_empty() { Err(ApiError::of(50006)) } else { Ok(()) }
    }

    /// Puts the files of a request beside a message. On an edit `attachments` lists all that are to stay;
    /// without the list all of them do.
    fn attach(&mut self, message: &mut Message, body: &Value, call: &Call, edit: bool) -> Result<(), ApiError> {
        let described = items(&body["attachments"]);
        if edit && body.get("attachments").is_some() {
            let keeps = |attachment: &Value| {
                described.iter().any(|d| Id::from_json(&d["id"]) == Id::from_json(&attachment["id"]))
            };
            message.attachments.retain(keeps);
        }
        if message.attachments.len() + call.files.len() > FILES_MAX {
            return Err(ApiError::of(30015));
        }
        if call.files.iter().any(|file| file.bytes.len() > FILE_BYTES_MAX) {
            return Err(ApiError::of(40005));
        }
        for upload in &call.files {
            let words = described.iter().find(|d| Id::from_json(&d["id"]) == Some(Id(upload.number)));
            let id = self.mint();
            let filename =
                words.and_then(|w| w["filename"].as_str()).unwrap_or(&upload.filename).replace([' ', '/'], "_");
            let url = format!("{}/attachments/{}/{id}/{filename}", self.base_url, message.channel);
            let mut json = json!({
                "id": id, "filename": filename, "size": upload.bytes.len(), "url": url, "proxy_url": url,
                "content_type": upload.content_type,
            });
            if let Some(alt) = words.and_then(|w| w["description"].as_str()) {
                json["description"] = json!(alt);
            }
            if message.ephemeral_for.is_some() {
                json["ephemeral"] = json!(true);
            }
            message.attachments.push(json);
            self.files.insert(id, File { bytes: upload.bytes.clone(), content_type: upload.content_type.clone() });
        }
        Ok(())
    }
}
