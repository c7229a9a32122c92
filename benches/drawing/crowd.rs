//! The same board with more people's cards on it, or with none.

use jointpath::path::{Board, CardId, LinkId, Links};

/// Every card that somebody gave so many times, each copy worded a little otherwise, with its links, its
/// counts, and its place in what was kept.
pub(crate) fn times(board: &Board, times: i64) -> Board {
    let mut crowd = board.clone();
    let step = board.next.max(1);
    for nth in 1..times {
        let moved = |id: CardId| if board.cards[&id].window.is_some() { CardId(id.0 + nth * step) } else { id };
        for card in board.cards.values().filter(|card| card.window.is_some()) {
            let mut copy = card.clone();
            copy.id = moved(card.id);
            for text in copy.texts.iter_mut().flat_map(|text| text.fields.values_mut()) {
                // Numbers and keys are chosen things; what has a space was typed.
                if text.contains(' ') {
                    *text = format!("{text} ({nth})");
                }
            }
            crowd.cards.insert(copy.id, copy);
        }
        for link in board.links.iter() {
            let mut copy = link.clone();
            (copy.id, copy.from, copy.to) = (LinkId(link.id.0 + nth * step), moved(link.from), moved(link.to));
            crowd.links.insert(copy);
        }
        let counted = board.tallies.iter().filter(|tally| board.cards[&tally.card].window.is_some()).cloned();
        crowd.tallies.extend(counted.map(|mut tally| {
            tally.card = moved(tally.card);
            tally
        }));
        for (decision, kept) in crowd.decisions.iter_mut().zip(&board.decisions) {
            let given = kept.cards.iter().copied().filter(|id| board.cards[id].window.is_some());
            decision.cards.extend(given.map(moved));
        }
    }
    crowd.next = step * times;
    crowd
}

/// The same people before anybody wrote a word.
pub(crate) fn nothing(board: &Board) -> Board {
    let mut empty = board.clone();
    empty.cards.retain(|_, card| card.window.is_none());
    empty.links = Links::default();
    empty.tallies.clear();
    empty.figures.clear();
    empty.decisions.clear();
    empty.given.clear();
    empty.windows.clear();
    empty
}
