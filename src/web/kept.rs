//! What is kept ready: made once for all who ask, and made anew when what it was made from has changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many are kept at once.
const KEPT_MAX: usize = 64;

/// Values by key, each with a stamp of what it was made from.
pub(super) struct Kept<K, S, T> {
    ready: Mutex<BTreeMap<K, (S, Arc<T>)>>,
    /// Held by whoever makes one, so that all who ask for it at once wait for the same.
    making: Mutex<()>,
}

impl<K, S, T> Default for Kept<K, S, T> {
    fn default() -> Self {
        Self { ready: Mutex::default(), making: Mutex::default() }
    }
}

impl<K: Copy + Ord, S: PartialEq, T> Kept<K, S, T> {
    /// The one that is ready, or a new one; none if there is nothing to make it from.
    pub fn get(&self, key: K, stamp: impl Fn() -> Option<S>, make: impl FnOnce() -> Option<T>) -> Option<Arc<T>> {
        let find = |stamp: &S| self.ready().get(&key).filter(|(known, _)| known == stamp).map(|(_, one)| one.clone());
        if let Some(one) = find(&stamp()?) {
            return Some(one);
        }
        let _alone = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        // Read before it is made: what changes in between makes it once more.
        let stamp = stamp()?;
        if let Some(one) = find(&stamp) {
            return Some(one);
        }
        let one = Arc::new(make()?);
        let mut ready = self.ready();
        if ready.len() >= KEPT_MAX {
            ready.clear();
        }
        ready.insert(key, (stamp, one.clone()));
        Some(one)
    }

    fn ready(&self) -> MutexGuard<'_, BTreeMap<K, (S, Arc<T>)>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn all_who_ask_at_once_get_the_same_one() {
        let (kept, made, start) = (Kept::default(), AtomicU32::new(0), Barrier::new(8));
        let ask = || {
            start.wait();
            let count = || {
                // So long that all the others have asked by then.
                (0..10_000).for_each(|_| std::thread::yield_now());
                Some(made.fetch_add(1, Ordering::SeqCst))
            };
            *kept.get("one", || Some(1), count).unwrap()
        };
        let got: Vec<u32> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!((got, made.into_inner()), (vec![0; 8], 1));
    }

    #[test]
    fn what_has_changed_is_made_anew_and_there_is_an_end_to_what_is_kept() {
        let kept = Kept::default();
        let get = |key, stamp, value| kept.get(key, || stamp, || value).map(|one| *one);
        assert_eq!(get(1, Some(1), Some('a')), Some('a'));
        assert_eq!(get(1, Some(1), Some('b')), Some('a'));
        assert_eq!(get(1, Some(2), Some('c')), Some('c'));
        assert_eq!(get(1, None, Some('d')), None);
        assert_eq!(get(2, Some(1), None), None);
        for key in 0..1_000 {
            assert_eq!(get(key, Some(3), Some('e')), Some('e'));
        }
        assert!(kept.ready().len() <= KEPT_MAX);
    }
}
