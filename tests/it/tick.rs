//! A tick means that it is on disk.

use jointpath::store::Store;
use serde_json::json;

use crate::town::{ANN, BEA, Town};

#[tokio::test]
async fn what_was_ticked_can_be_read_by_another_process() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    town.settle().await;
    let words = "Waste is collected once a month";
    let seen = town.write(BEA, &["groundwork", "causes"], words).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());

    // Nothing is waited for between the tick and the look.
    let store = Store::open_read_only(&town.database()).await.unwrap();
    let (_, id) = store.rooms().await.unwrap()[0];
    let board = store.load(id).await.unwrap().unwrap();
    let holds = |text: &str| text == words;
    assert!(
        board.cards.values().filter_map(|card| card.text()).any(|text| text.fields.values().any(|text| holds(text)))
    );
}
