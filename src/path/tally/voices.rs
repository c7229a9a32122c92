//! One voice for each partner, shared evenly and rounded fairly.

use std::collections::BTreeMap;

use super::{Answer, VOICE, partner_of};
use crate::path::board::Board;
use crate::path::figure::Figure;
use crate::path::people::PartnerId;
use crate::path::window::Giver;

/// How often each giver of one partner gave each answer.
type Givers = BTreeMap<Giver, BTreeMap<Answer, u64>>;

/// The voices behind each answer to one question, in thousandths.
pub(super) fn shared(board: &Board, figures: &[&Figure]) -> BTreeMap<Answer, u32> {
    let mut partners: BTreeMap<PartnerId, Givers> = BTreeMap::new();
    for figure in figures {
        let giver = figure.key.giver;
        if let Some(partner) = partner_of(board, giver) {
            let answers = partners.entry(partner).or_default().entry(giver).or_default();
            *answers.entry((figure.card, figure.value)).or_default() += 1;
        }
    }
    let mut voices = BTreeMap::new();
    for (answer, thousandths) in partners.values().flat_map(one_partner) {
        *voices.entry(answer).or_default() += thousandths;
    }
    voices
}

/// One partner's thousand: exact shares over a common denominator, then rounded by the largest
/// remainder.
fn one_partner(givers: &Givers) -> Vec<(Answer, u32)> {
    let whole = givers.values().fold(1, |whole, answers| common(whole, answers.values().sum()));
    let mut shares: BTreeMap<Answer, u128> = BTreeMap::new();
    for answers in givers.values() {
        let set: u64 = answers.values().sum();
        for (answer, times) in answers {
            *shares.entry(*answer).or_default() += u128::from(whole) * u128::from(*times) / u128::from(set.max(1));
        }
    }
    round(&shares)
}

/// Shares as thousandths that sum to exactly [`VOICE`].
fn round(shares: &BTreeMap<Answer, u128>) -> Vec<(Answer, u32)> {
    let whole: u128 = shares.values().sum::<u128>().max(1);
    let scaled = |share: u128| share * u128::from(VOICE);
    let mut rounded: Vec<(Answer, u32)> = shares
        .iter()
        .map(|(answer, share)| (*answer, u32::try_from(scaled(*share) / whole).unwrap_or(VOICE)))
        .collect();
    let missing = VOICE.saturating_sub(rounded.iter().map(|(_, thousandths)| thousandths).sum());
    let mut order: Vec<usize> = (0..rounded.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(scaled(shares[&rounded[*index].0]) % whole));
    for index in order.into_iter().take(missing as usize) {
        rounded[index].1 += 1;
    }
    rounded
}

/// The least common multiple. One too large for a number is not grown further: shares are then cut
/// off far below a thousandth.
fn common(one: u64, other: u64) -> u64 {
    let (mut high, mut low) = (one, other.max(1));
    while low > 0 {
        (high, low) = (low, high % low);
    }
    (one / high).checked_mul(other.max(1)).filter(|multiple| *multiple < 1 << 60).unwrap_or(one)
}
