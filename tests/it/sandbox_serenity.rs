//! What we believe of serenity 0.12.5 and build on. Each test is one belief.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{Event, HttpBuilder, Interaction, Message};
use serenity::model::event::GatewayEvent;

use crate::sandbox_world::Stage;

fn interaction(data: Value) -> Value {
    json!({
        "id": "1", "application_id": "900", "type": 5, "token": "t", "version": 1, "channel_id": "200",
        "user": {"id": "1001", "username": "amina"}, "locale": "en-US", "entitlements": [],
        "attachment_size_limit": 1, "data": data,
    })
}

#[test]
fn answers_in_label_components_are_lost_without_a_word() {
    let input = json!({"type": 4, "custom_id": "a", "value": "typed"});
    let read = |row: Value| {
        let data = json!({"custom_id": "m", "components": [row]});
        match serde_json::from_value(interaction(data)).unwrap() {
            Interaction::Modal(modal) => modal.data.components[0].components.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(read(json!({"type": 1, "components": [input]})), 1);
    assert_eq!(read(json!({"type": 18, "component": input})), 0, "so forms stay with action rows");
}

#[test]
fn a_container_is_skipped_and_the_message_read() {
    let message = json!({
        "id": "5", "channel_id": "200", "author": {"id": "1001", "username": "amina"}, "content": "", "tts": false,
        "timestamp": "2026-03-02T08:00:00.000000+00:00", "edited_timestamp": null, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
        "components": [{"type": 17, "components": [{"type": 10, "content": "text"}]},
            {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "c"}]}],
    });
    let message: Message = serde_json::from_value(message).unwrap();
    assert_eq!(message.components.len(), 1);
}

#[test]
fn an_event_that_lacks_a_field_becomes_unknown() {
    let event = |change: &dyn Fn(&mut Value)| {
        let mut data = interaction(json!({"custom_id": "m", "components": []}));
        change(&mut data);
        let frame = json!({"op": 0, "s": 1, "t": "INTERACTION_CREATE", "d": data});
        match serde_json::from_value(frame).unwrap() {
            GatewayEvent::Dispatch(_, event) => event,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(event(&|_| ()), Event::InteractionCreate(_)));
    let lacking = event(&|data| drop(data.as_object_mut().unwrap().remove("attachment_size_limit")));
    assert!(matches!(lacking, Event::Unknown(_)), "{lacking:?}");
}

/// `HttpBuilder::proxy` alone would send test traffic to the real Discord. Here `discord.com` is a
/// socket of ours, so nothing leaves this machine: whoever knocks there went past the proxy.
#[tokio::test]
async fn the_proxy_is_ignored_while_the_limiter_is_on() {
    let stage = Stage::new().await;
    let real = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = real.local_addr().unwrap();
    let http = |limited: bool| {
        let client = reqwest::Client::builder().use_rustls_tls().resolve("discord.com", address).build().unwrap();
        let token = format!("Bot {}", crate::sandbox_world::TOKEN);
        HttpBuilder::new(token).client(client).proxy(stage.sandbox.url()).ratelimiter_disabled(!limited).build()
    };
    assert_eq!(
        http(false).get_gateway().await.unwrap().url,
        format!("{}/gateway", stage.sandbox.url().replace("http", "ws"))
    );
    let limited = http(true);
    let asking = tokio::spawn(async move { limited.get_gateway().await.map(|_| ()) });
    let knock = tokio::time::timeout(Duration::from_secs(5), real.accept()).await;
    assert!(knock.is_ok(), "the limiter honours the proxy now; the guard can go");
    drop(knock);
    drop(real);
    asking.abort();
}
