//! The floor of the wire: a bot that opens a form and says thanks, and keeps nothing.

use std::time::{Duration, Instant};

use jointpath::sandbox::remote::Post;
use jointpath::sandbox::{Id, Options, Remote, Sandbox, World, serve};
use serde_json::json;
use serenity::all::{
    ActionRowComponent, ChannelId, ClientBuilder, Context, CreateActionRow, CreateButton, CreateInputText,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateModal, EventHandler,
    GatewayIntents, HttpBuilder, InputTextStyle, Interaction, Ready,
};
use serenity::async_trait;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID};

const TOKEN: &str = "a-token-of-no-worth";
const RIGHTS: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 16;

struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn ready(&self, context: Context, _: Ready) {
        let button = CreateButton::new("write").label("Write");
        ChannelId::new(CHANNEL)
            .send_message(&context, CreateMessage::new().content("Say something").button(button))
            .await
            .unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Component(press) => {
                let input = CreateInputText::new(InputTextStyle::Short, "Your words", "words");
                let form = CreateModal::new("form", "Write").components(vec![CreateActionRow::InputText(input)]);
                press.create_response(&context, CreateInteractionResponse::Modal(form)).await.unwrap();
            }
            Interaction::Modal(sent) => {
                let words = sent.data.components.first().and_then(|row| match row.components.first() {
                    Some(ActionRowComponent::InputText(input)) => input.value.clone(),
                    _ => None,
                });
                let thanks = format!("✓ {}", words.unwrap_or_default());
                let message = CreateInteractionResponseMessage::new().content(thanks).ephemeral(true);
                sent.create_response(&context, CreateInteractionResponse::Message(message)).await.unwrap();
            }
            _ => {}
        }
    }
}

/// A stand-in of its own, with the bot in it.
pub(crate) struct Floor {
    remote: Remote,
    post: Post,
    _sandbox: Sandbox,
}

impl Floor {
    pub(crate) async fn start() -> Self {
        let mut world = World::new("2026-03-02T08:00:00Z".parse().unwrap(), TOKEN);
        for (id, name) in [(ANN, "ann"), (BEA, "bea"), (BEN, "ben"), (CID, "cid")] {
            world = world.person(id, name, "en-US");
        }
        let mut world = world.guild(100, "A floor", RIGHTS).channel(CHANNEL, "floor");
        world.guilds[0].owner_id = Id(ANN);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sandbox = serve(world, listener, Options::default()).await.unwrap();
        let remote = Remote::new(sandbox.url());
        let http = HttpBuilder::new(TOKEN).proxy(sandbox.url()).ratelimiter_disabled(true).build();
        let mut client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).event_handler(Echo).await.unwrap();
        assert!(client.ws_url.lock().await.starts_with("ws://127.0.0.1"), "the stand-in gives the address");
        drop(tokio::spawn(async move { client.start().await }));
        let post = loop {
            if let Some(post) = remote.read_channel(ANN, CHANNEL).await.unwrap().pop() {
                break post;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        Self { remote, post, _sandbox: sandbox }
    }

    /// Press, form, send, thanks.
    pub(crate) async fn one(&self, user: u64, words: &str) -> Duration {
        let started = Instant::now();
        let seen = self.remote.press(user, self.post.id, "write").await.unwrap();
        let form = seen.modal.unwrap_or_else(|| panic!("no form: {:?}", seen.why));
        let seen = self.remote.submit(user, form.id, json!({"words": words})).await.unwrap();
        let took = started.elapsed();
        assert!(seen.text().contains(words), "the floor says {:?}", seen.text());
        took
    }
}
