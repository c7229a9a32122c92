//! What the Path promises, as numbers: a rehearsal that has more of anything fails.

use super::nudges::Count;
use super::summary::Summary;

/// What a rehearsal fails above. Nudges after giving and outside 8 to 20 are none at all.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Posts in the partnership's channel.
    pub channel_posts: usize,
    /// Nudges to one person in all.
    pub a_person: usize,
    /// Nudges to one person about one opening of a sitting.
    pub a_sitting: usize,
    /// Nudges to one person in any seven days.
    pub a_week: usize,
    /// Nudges to one person in any hour: what was missed does not come in a heap.
    pub an_hour: usize,
    /// Minutes of one person for one opening, by the model of `effort`.
    pub minutes: f64,
    /// Minutes of hosting in an average week.
    pub hosting_a_week: f64,
}

/// The promise of the Path: two nudges a sitting, three a week, 28 in all, 35 posts, no sitting over twelve minutes,
/// an hour of hosting a week.
pub const LIMITS: Limits = Limits {
    channel_posts: 35,
    a_person: 28,
    a_sitting: 2,
    a_week: 3,
    an_hour: 1,
    minutes: 12.0,
    hosting_a_week: 60.0,
};

/// What is more than the promise.
#[must_use]
pub fn excess(summary: &Summary, limits: Limits) -> Vec<String> {
    let mut lines: Vec<String> = summary.nudges.iter().flat_map(|(who, count)| of_nudges(who, count, limits)).collect();
    let (posts, most) = (summary.channel_posts, limits.channel_posts);
    lines.extend((posts > most).then(|| format!("{posts} posts in the channel; {most} is the most")));
    lines.extend(summary.repeated.iter().map(|post| format!("said twice: {post}")));
    lines.extend(of_time(summary, limits));
    lines
}

/// What takes longer than promised. What somebody does again because the bot was killed under their hands is not what a
/// sitting asks of them.
fn of_time(summary: &Summary, limits: Limits) -> Vec<String> {
    let mut lines = Vec::new();
    if summary.kills > 0 {
        return lines;
    }
    let (longest, whose) = summary.longest();
    lines.extend(
        (longest > limits.minutes).then(|| format!("{longest:.1} minutes of {whose}; {} is the most", limits.minutes)),
    );
    let hosting = summary.hosting_a_week();
    let most = limits.hosting_a_week;
    lines.extend((hosting > most).then(|| format!("{hosting:.0} minutes of hosting a week; {most:.0} is the most")));
    lines
}

fn of_nudges(who: &str, count: &Count, limits: Limits) -> Vec<String> {
    let all = [
        ("in all", count.all, limits.a_person),
        ("about one sitting", count.a_sitting, limits.a_sitting),
        ("in seven days", count.a_week, limits.a_week),
        ("in one hour", count.an_hour, limits.an_hour),
        ("after giving", count.after_giving, 0),
        ("outside 8 to 20", count.outside, 0),
    ];
    let over = all.into_iter().filter(|(_, found, most)| found > most);
    over.map(|(what, found, most)| format!("{who}: {found} nudges {what}; {most} is the most")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::conductor::HOSTING;
    use super::super::effort::Effort;
    use super::*;

    fn nudged(count: Count) -> Summary {
        Summary { nudges: [("ann".to_owned(), count)].into(), ..Summary::default() }
    }

    #[test]
    fn each_limit_on_nudges_is_held() {
        let fine = Count { all: 28, a_sitting: 2, a_week: 3, an_hour: 1, after_giving: 0, outside: 0 };
        assert_eq!(excess(&nudged(fine.clone()), LIMITS), Vec::<String>::new());
        let over = [
            Count { all: 29, ..fine.clone() },
            Count { a_sitting: 3, ..fine.clone() },
            Count { a_week: 4, ..fine.clone() },
            Count { an_hour: 2, ..fine.clone() },
            Count { after_giving: 1, ..fine.clone() },
            Count { outside: 1, ..fine },
        ];
        for count in over {
            assert_eq!(excess(&nudged(count.clone()), LIMITS).len(), 1, "{count:?}");
        }
    }

    #[test]
    fn each_other_limit_is_held() {
        let took = |scene: &str, minutes: u32| {
            let mut summary = Summary { channel_posts: 35, world_days: 14, ..Summary::default() };
            summary.efforts.add("ann", scene, Effort { taps: 30 * minutes, ..Effort::default() });
            summary
        };
        assert_eq!(excess(&took("hello", 12), LIMITS), Vec::<String>::new());
        assert_eq!(excess(&took("hello", 13), LIMITS).len(), 1);
        assert_eq!(excess(&Summary { kills: 1, ..took("hello", 13) }, LIMITS), Vec::<String>::new());
        assert_eq!(excess(&took(HOSTING, 120), LIMITS), Vec::<String>::new());
        assert_eq!(excess(&took(HOSTING, 122), LIMITS).len(), 1);
        assert_eq!(excess(&Summary { channel_posts: 36, ..Summary::default() }, LIMITS).len(), 1);
        let twice = Summary { repeated: vec!["a post".to_owned()], ..Summary::default() };
        assert_eq!(excess(&twice, LIMITS).len(), 1);
    }
}
