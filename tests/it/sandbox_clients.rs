//! Other people's clients, unchanged: discord.py and discord.js do what serenity does.
//!
//! Not run by default, for they need a Python and a Node with the library installed:
//! `DISCORD_PY=/path/to/python DISCORD_JS=/folder/with/node_modules cargo nextest run --run-ignored only clients`

use std::process::{Child, Command};
use std::time::Duration;

use jointpath::sandbox::remote::Post;
use serde_json::json;

use crate::sandbox_world::{AMINA, BENNO, CHANNEL, Stage, TOKEN};

/// A bot's process, ended with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(stage: &Stage, command: &mut Command) -> Process {
    command.env("SANDBOX_URL", stage.sandbox.url()).env("SANDBOX_TOKEN", TOKEN);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients"));
    Process(command.spawn().unwrap())
}

/// Waits until the bot has said this in the channel.
async fn said(stage: &Stage, text: &str) -> Vec<Post> {
    for _ in 0..300 {
        let posts = stage.remote.read_channel(BENNO, CHANNEL).await.unwrap();
        if posts.iter().any(|post| post.content == text) {
            return posts;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the bot never said {text}");
}

/// The same for every client.
async fn play(stage: &Stage) {
    let remote = &stage.remote;
    let posts = said(stage, "ready: 1 pin, 2 threads").await;
    let board = posts.iter().find(|post| post.pinned).unwrap();
    assert!(board.pinged.is_empty());
    let who = board.controls()[1]["custom_id"].as_str().unwrap();
    assert_eq!(remote.press(BENNO, board.id, "start").await.unwrap().text(), "started");
    assert_eq!(remote.select(BENNO, board.id, who, &["1001"]).await.unwrap().text(), "chose amina");
    let typing = remote.autocomplete(BENNO, CHANNEL, &["ask"], json!({"who": "z"}), "who").await.unwrap();
    assert_eq!(typing.choices.unwrap()[0]["name"], "xz");
    let form = remote.command(BENNO, CHANNEL, &["ask"], json!({"who": "y"})).await.unwrap().modal.unwrap();
    let kept = remote.submit(BENNO, form.id, json!({"why": "dry"})).await.unwrap();
    assert_eq!((kept.text(), kept.message.as_ref().unwrap().ephemeral_for.unwrap().0), ("kept: dry", BENNO));
    let done = remote.command(BENNO, CHANNEL, &["slow"], json!({"person": "1001"})).await.unwrap();
    assert_eq!(done.text(), "done amina");
    assert_eq!(remote.message_command(AMINA, board.id, "Give this").await.unwrap().text(), "given started");
    remote.fault(json!({"kind": "op7"})).await.unwrap();
    remote.post_message(AMINA, CHANNEL, "are you there, <@901>?").await.unwrap();
    said(stage, "heard").await;
    assert_eq!(remote.unknown_routes().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
#[ignore = "needs a Python with discord.py, named by DISCORD_PY"]
async fn discord_py_runs_unchanged() {
    let stage = Stage::new().await;
    let python = std::env::var("DISCORD_PY").unwrap_or_else(|_| "python3".into());
    let _bot = start(&stage, Command::new(python).arg("bot.py"));
    play(&stage).await;
}

#[tokio::test]
#[ignore = "needs Node and a folder with discord.js in its node_modules, named by DISCORD_JS"]
async fn discord_js_runs_unchanged() {
    let stage = Stage::new().await;
    let modules = std::env::var("DISCORD_JS").unwrap_or_else(|_| ".".into()) + "/node_modules";
    let _bot = start(&stage, Command::new("node").arg("bot.cjs").env("NODE_PATH", modules));
    play(&stage).await;
}
