//! Guessing does not pay: whoever tries many links that open nothing is told to wait.
//!
//! A token has too many letters to be guessed; this only says so to a guesser. A link that opens something
//! is never counted and never refused: a whole house, or a proxy, may come from one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many misses are nobody's bad will: a stale link, reloaded.
const MISSES_MAX: u32 = 60;
/// In this time.
const WINDOW: Duration = Duration::from_mins(1);
/// So many addresses are remembered at once.
const ADDRESSES_MAX: usize = 10_000;

/// Misses by address.
#[derive(Default)]
pub(super) struct Guesses {
    of: Mutex<HashMap<IpAddr, (Instant, u32)>>,
}

impl Guesses {
    /// One more miss from an address; whether it has missed too often of late.
    pub fn missed(&self, address: IpAddr) -> bool {
        self.missed_at(address, Instant::now())
    }

    fn missed_at(&self, address: IpAddr, now: Instant) -> bool {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if of.len() >= ADDRESSES_MAX {
            of.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
        }
        if of.len() >= ADDRESSES_MAX {
            of.clear();
        }
        let (since, misses) = of.entry(address).or_insert((now, 0));
        if now.duration_since(*since) >= WINDOW {
            (*since, *misses) = (now, 0);
        }
        *misses = misses.saturating_add(1);
        *misses > MISSES_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guesser_waits_and_is_forgiven() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..MISSES_MAX {
            assert!(!guesses.missed_at(one, start));
        }
        assert!(guesses.missed_at(one, start));
        assert!(!guesses.missed_at(other, start));
        assert!(!guesses.missed_at(one, start + WINDOW));
    }

    #[test]
    fn no_crowd_of_addresses_fills_the_memory() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        for n in 0..2 * u32::try_from(ADDRESSES_MAX).unwrap() {
            guesses.missed_at(IpAddr::from(n.to_be_bytes()), start);
        }
        assert!(guesses.of.lock().unwrap().len() <= ADDRESSES_MAX);
    }
}
