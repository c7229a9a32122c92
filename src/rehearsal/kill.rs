//! Killing the bot: at random moments, by plan and dice, or at every boundary.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// When the bot is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kill {
    /// At random moments.
    Random(KillPlan),
    /// At every boundary, in every way: one run for each.
    Every,
}

/// How often the bot is killed at random moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KillPlan {
    /// What chance decides here; apart from the people's, so that they act as without kills.
    pub seed: u64,
    /// One of so many visits and host's deeds is interrupted.
    pub one_in: u32,
    /// At most so often in all.
    pub most: u32,
}

/// The longest wait before the kill falls, in wire time: most visits are over after it.
const DELAY_MILLIS_MAX: u64 = 150;

/// The dice.
#[derive(Debug)]
pub struct Dice {
    plan: Option<KillPlan>,
    chance: StdRng,
    thrown: u32,
}

impl Dice {
    /// Dice for a plan; without one they never fall.
    #[must_use]
    pub fn new(kill: Option<Kill>) -> Self {
        let plan = match kill {
            Some(Kill::Random(plan)) => Some(plan),
            Some(Kill::Every) | None => None,
        };
        let seed = plan.map_or(0, |plan| plan.seed);
        Self { plan, chance: StdRng::seed_from_u64(seed), thrown: 0 }
    }

    /// After how long the kill falls into what happens now; none: it does not.
    pub fn throw(&mut self) -> Option<Duration> {
        let plan = self.plan.filter(|plan| self.thrown < plan.most)?;
        let falls = self.chance.random_range(0..plan.one_in.max(1)) == 0;
        let delay = Duration::from_millis(self.chance.random_range(0..DELAY_MILLIS_MAX));
        self.thrown += u32::from(falls);
        falls.then_some(delay)
    }

    /// How often it fell.
    #[must_use]
    pub fn thrown(&self) -> u32 {
        self.thrown
    }
}
