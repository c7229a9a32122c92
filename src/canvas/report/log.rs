//! How we decided: the decision log as a table, without the names of all who agreed.

use crate::canvas::log::{self, Entry, Settlement, details};
use crate::path::Value;

use super::shapes::with;
use super::{Block, Maker};

impl Maker<'_> {
    /// Every decision in order.
    pub(super) fn decisions(&self) -> Option<Block> {
        let columns = ["report-when", "report-what", "report-kept", "report-how"].map(|key| self.say(key));
        let log = log::compile(self.wall.view, self.words);
        // What a host worded anew one after the other is one row.
        let goes_on = |one: &Entry, next: &Entry| {
            one.rewords.is_some() && (&one.title, &one.day, &one.said) == (&next.title, &next.day, &next.said)
        };
        let mut entries: Vec<Entry> = Vec::new();
        for entry in log.entries {
            match entries.last_mut().filter(|last| goes_on(last, &entry)) {
                Some(last) => last.lines.extend(entry.lines),
                None => entries.push(entry),
            }
        }
        Block::table(columns.into(), entries.into_iter().map(|entry| self.decision(entry)).collect())
    }

    fn decision(&self, entry: Entry) -> Vec<String> {
        let what = entry.about.map_or_else(|| entry.title.clone(), |about| format!("{}, {about}", entry.title));
        let kept: Vec<String> = entry.lines.into_iter().map(|line| self.kept(line)).collect();
        let how = match entry.reason.as_str() {
            "" => entry.said,
            reason => format!("{}: {reason}", entry.said),
        };
        let how: Vec<String> = std::iter::once(how).chain(entry.reopened.into_iter().map(|again| again.said)).collect();
        vec![entry.day, what, kept.join("\n"), how.join("\n")]
    }

    /// A line with its counts, what was said against it, and who has not answered. What was said with a yes stands with
    /// its section.
    fn kept(&self, mut line: Settlement) -> String {
        line.agreed.clear();
        line.remarks.retain(|remark| remark.value != Value::Remark);
        with(format!("#{} {}", line.card, line.text), Some(&details(&line, self.words).join("; ")))
    }
}
