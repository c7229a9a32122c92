//! The board page in a real browser: `tests/browser/look.mjs` looks, and asks here for what it needs.
//!
//! Left out unless `JOINTPATH_BROWSER` names the folder that the script's packages were installed in
//! (`npm install` in a copy of `tests/browser`). `JOINTPATH_BROWSER_DATABASE` names a rehearsed database,
//! so that there is a whole canvas to look at.

use std::path::Path;
use std::process::Stdio;

use jointpath::path::{Act, Scope};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

use crate::web_house::House;

#[tokio::test]
async fn the_page_is_good_to_look_at_for_everybody() {
    let Ok(folder) = std::env::var("JOINTPATH_BROWSER") else {
        eprintln!("left out: the board page in a browser (JOINTPATH_BROWSER)");
        return;
    };
    let house = match std::env::var("JOINTPATH_BROWSER_DATABASE") {
        Ok(database) => House::of(Path::new(&database)).await,
        Err(_) => House::open().await,
    };
    let link = format!("{}{}", house.base, house.share(Scope::Partners).await);
    let mut looking = Command::new("node")
        .args(["look.mjs", &link])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("node is there");
    let mut answers = looking.stdin.take().unwrap();
    let mut asked = BufReader::new(looking.stdout.take().unwrap()).lines();
    while let Some(line) = asked.next_line().await.unwrap() {
        match line.as_str() {
            "do give" => give(&house).await,
            "do unshare" => house.unshare().await,
            other => panic!("asked for what is not known: {other}"),
        }
        answers.write_all(b"done\n").await.unwrap();
    }
    assert!(looking.wait().await.unwrap().success(), "what the browser found stands above");
}

/// A card that everybody sees at once.
async fn give(house: &House) {
    let ask = Act::OpenAsk { ask: "terms".into(), because: "a word more".into(), slate: vec![], about: vec![] };
    house.act(&house.ann, ask).await;
    house.give(&house.bea, "terms", &[("term", "Given while you read"), ("meaning", "It appears by itself")]).await;
}
