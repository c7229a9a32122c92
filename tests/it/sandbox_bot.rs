//! The real serenity client against the sandbox, unchanged.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use serenity::all::{
    ActionRowComponent, ChannelId, Client, ClientBuilder, Command, CommandOptionType, Context, CreateActionRow,
    CreateAllowedMentions, CreateButton, CreateCommand, CreateCommandOption, CreateInputText,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateModal, EditInteractionResponse,
    Event, EventHandler, GatewayIntents, Guild, HttpBuilder, InputTextStyle, Interaction, Message, RawEventHandler,
    Ready,
};

use crate::sandbox_world::{AMINA, BENNO, CHANNEL, Stage, TOKEN};

/// Fails the test as soon as the client does not understand an event.
struct Strict {
    finished: Arc<AtomicU64>,
    unknown: Arc<std::sync::Mutex<Vec<String>>>,
}

#[serenity::async_trait]
impl RawEventHandler for Strict {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Event::Unknown(event) = &event {
            self.unknown.lock().unwrap().push(format!("{event:?}"));
        }
        self.finished.fetch_add(1, Ordering::SeqCst);
    }
}

/// A tiny bot: `/causes add` opens a form; the form posts publicly and answers quietly.
struct Bot {
    ready: tokio::sync::mpsc::UnboundedSender<&'static str>,
}

#[serenity::async_trait]
impl EventHandler for Bot {
    async fn ready(&self, ctx: Context, ready: Ready) {
        assert_eq!(ready.guilds.len(), 1);
        let text = CreateCommandOption::new(CommandOptionType::SubCommand, "add", "Add a cause")
            .add_sub_option(CreateCommandOption::new(CommandOptionType::String, "hint", "A hint").required(false));
        let command = CreateCommand::new("causes").description("Causes").add_option(text);
        Command::set_global_commands(&ctx.http, vec![command]).await.unwrap();
        self.ready.send("ready").unwrap();
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        assert_eq!(guild.name, "Delta Partnership");
        self.ready.send("guild").unwrap();
    }

    async fn message(&self, _: Context, message: Message) {
        if message.author.bot {
            self.ready.send("echo").unwrap();
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => {
                let input = CreateInputText::new(InputTextStyle::Paragraph, "Why?", "why").min_length(3);
                let modal = CreateModal::new("causes:1", "Causes").components(vec![CreateActionRow::InputText(input)]);
                command.create_response(&ctx.http, CreateInteractionResponse::Modal(modal)).await.unwrap();
            }
            Interaction::Modal(modal) => {
                let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0] else { panic!() };
                let text = input.value.clone().unwrap();
                modal.defer_ephemeral(&ctx.http).await.unwrap();
                let post = CreateMessage::new()
                    .content(format!("A cause: {text}"))
                    .allowed_mentions(CreateAllowedMentions::new())
                    .button(CreateButton::new("agree:1").label("I agree"));
                ChannelId::new(CHANNEL).send_message(&ctx.http, post).await.unwrap();
                let answer = EditInteractionResponse::new().content("Thank you, it is kept.");
                modal.edit_response(&ctx.http, answer).await.unwrap();
            }
            Interaction::Component(component) => {
                let answer = CreateInteractionResponseMessage::new().content("Noted.").ephemeral(true);
                component.create_response(&ctx.http, CreateInteractionResponse::Message(answer)).await.unwrap();
            }
            _ => {}
        }
    }
}

pub struct Running {
    pub finished: Arc<AtomicU64>,
    pub unknown: Arc<std::sync::Mutex<Vec<String>>>,
    pub heard: tokio::sync::mpsc::UnboundedReceiver<&'static str>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Running {
    pub async fn hear(&mut self, what: &str) {
        let waiting = async {
            while let Some(word) = self.heard.recv().await {
                if word == what {
                    return;
                }
            }
            panic!("the bot ended");
        };
        tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap_or_else(|_| panic!("no {what}"));
    }
}

/// Starts the tiny bot with the real client.
pub async fn bot(stage: &Stage) -> Running {
    let http = HttpBuilder::new(format!("Bot {TOKEN}")).proxy(stage.sandbox.url()).ratelimiter_disabled(true).build();
    assert!(http.ratelimiter.is_none());
    let (ready, heard) = tokio::sync::mpsc::unbounded_channel();
    let (finished, unknown) = (Arc::new(AtomicU64::new(0)), Arc::default());
    let strict = Strict { finished: Arc::clone(&finished), unknown: Arc::clone(&unknown) };
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let mut client: Client = ClientBuilder::new_with_http(http, intents)
        .event_handler(Bot { ready })
        .raw_event_handler(strict)
        .await
        .unwrap();
    assert!(client.ws_url.lock().await.starts_with("ws://127.0.0.1"));
    let task = tokio::spawn(async move {
        if let Err(error) = client.start().await {
            eprintln!("the client ended: {error}");
        }
    });
    let mut running = Running { finished, unknown, heard, task };
    running.hear("ready").await;
    running
}

#[tokio::test]
async fn serenity_runs_a_command_a_form_and_a_button() {
    let stage = Stage::new().await;
    let mut bot = bot(&stage).await;
    let remote = &stage.remote;

    let seen = remote.command(AMINA, CHANNEL, &["causes", "add"], json!({"hint": "short"})).await.unwrap();
    assert_eq!(seen.outcome, "modal", "{seen:?}");
    let form = seen.modal.unwrap();
    assert_eq!((form.title.as_str(), form.fields[0].label.as_str()), ("Causes", "Why?"));
    let short = remote.submit(AMINA, form.id, json!({"why": "x"})).await.unwrap_err();
    assert!(short.to_string().contains("between 3"), "{short}");

    let seen = remote.submit(AMINA, form.id, json!({"why": "The well is dry <@1002> @everyone"})).await.unwrap();
    assert_eq!((seen.outcome.as_str(), seen.text()), ("message", "Thank you, it is kept."));
    assert_eq!(seen.message.unwrap().ephemeral_for.map(|id| id.0), Some(AMINA));
    bot.hear("echo").await;

    let (hers, his) =
        (remote.read_channel(AMINA, CHANNEL).await.unwrap(), remote.read_channel(BENNO, CHANNEL).await.unwrap());
    assert_eq!((hers.len(), his.len()), (2, 1), "an ephemeral answer is seen by one person only");
    assert!(his[0].pinged.is_empty());
    let agree = his[0].button("I agree").unwrap();
    let seen = remote.press(BENNO, his[0].id, &agree).await.unwrap();
    assert_eq!((seen.outcome.as_str(), seen.text()), ("message", "Noted."));

    assert_eq!(*bot.unknown.lock().unwrap(), Vec::<String>::new());
    assert_eq!(remote.unknown_routes().await.unwrap(), Vec::<String>::new());
    assert!(bot.finished.load(Ordering::SeqCst) >= 6);
}

#[tokio::test]
async fn serenity_goes_on_after_trouble_and_every_event_is_counted() {
    let stage = Stage::new().await;
    let now_ms = stage.remote.clock().await.unwrap();
    let report = |finished: u64| json!({"boot": "run-1", "finished": finished, "quiet": true, "next_due_ms": null, "now_ms": now_ms});
    stage.remote.quiet(report(0)).await.unwrap();
    let mut bot = bot(&stage).await;
    for trouble in [json!({"kind": "op7"}), json!({"kind": "cut"}), json!({"kind": "close", "code": 4000})] {
        stage.remote.fault(trouble.clone()).await.unwrap();
        stage.say("said while the bot was away").await;
        bot.hear("echo").await;
    }
    // Only when the client has finished as many events as were sent is the world settled.
    let settled = async {
        loop {
            stage.remote.quiet(report(bot.finished.load(Ordering::SeqCst))).await.unwrap();
            let state = stage.remote.settled(Duration::from_millis(100)).await.unwrap();
            if state.settled {
                return state;
            }
        }
    };
    let state = tokio::time::timeout(Duration::from_secs(10), settled).await.expect("the counts never met");
    // READY, GUILD_CREATE, then three times RESUMED and a message.
    assert_eq!(state.sent, 8);
    assert_eq!(*bot.unknown.lock().unwrap(), Vec::<String>::new());
}
