//! From what somebody types to the name of a zone.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ZONES;

/// A zone as people type it: its whole name and its last part, folded.
struct Known {
    whole: String,
    city: String,
    name: String,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let names = ZONES.available().map(|name| name.as_str().to_owned()).filter(|name| name != "Factory");
    names.map(|name| Known { whole: fold(&name), city: fold(name.rsplit('/').next().unwrap_or(&name)), name }).collect()
});

/// The IANA name of a zone as somebody typed it, if there is exactly one.
///
/// Taken: a name of the IANA list in any case (`africa/nairobi`), its last part (`nairobi`,
/// `New York`, `São Paulo`; accents, spaces and hyphens do not matter), `UTC`, and a distance from
/// it in whole hours (`UTC+3`, `GMT-5`, which become `Etc/GMT-3` and `Etc/GMT+5`: IANA writes
/// those the other way round). A last part that stands for different times (`west`) is refused,
/// and so is half an hour from UTC, for which IANA has no name: such zones have cities.
#[must_use]
pub fn zone(typed: &str) -> Option<String> {
    let typed = fold(typed.trim());
    if typed.is_empty() {
        return None;
    }
    if let Some(name) = distance(&typed) {
        return Some(name);
    }
    if let Some(known) = KNOWN.iter().find(|known| known.whole == typed) {
        return Some(known.name.clone());
    }
    let cities: Vec<&str> = KNOWN.iter().filter(|known| known.city == typed).map(|known| known.name.as_str()).collect();
    one_time(&cities).then(|| fullest(&cities)).flatten()
}

/// `utc+3` as IANA's `Etc/GMT-3`.
fn distance(typed: &str) -> Option<String> {
    let rest = typed.strip_prefix("utc").or_else(|| typed.strip_prefix("gmt"))?;
    // Folding made `_` of the hyphen; a minus sign of its own is typed by some phones.
    let (east, digits) = match rest.trim_start_matches('_').strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, rest.strip_prefix(['_', '\u{2212}'])?),
    };
    let hours: u8 = digits.trim_start_matches('_').parse().ok()?;
    match (hours, east) {
        (0, _) => Some("UTC".to_owned()),
        (1..=14, true) => Some(format!("Etc/GMT-{hours}")),
        (1..=12, false) => Some(format!("Etc/GMT+{hours}")),
        _ => None,
    }
}

/// Whether all these names stand for the same time (old names of one place do), looked at month
/// by month for twenty years.
fn one_time(names: &[&str]) -> bool {
    let zones: Vec<TimeZone> = names.iter().filter_map(|name| ZONES.get(name).ok()).collect();
    let month_seconds = 30 * 24 * 60 * 60;
    (0..240)
        .filter_map(|month| jiff::Timestamp::from_second(1_735_689_600 + month * month_seconds).ok())
        .all(|at| zones.windows(2).all(|pair| pair[0].to_offset(at) == pair[1].to_offset(at)))
}

/// Of names for one time the longest: `America/Argentina/Buenos_Aires`, not its old short name.
fn fullest(names: &[&str]) -> Option<String> {
    names.iter().max_by_key(|name| name.len()).map(|name| (*name).to_owned())
}

/// Lower case, without accents; spaces and hyphens as IANA's underscore.
fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase);
    let joined = plain.map(|char| if char.is_whitespace() || char == '-' { '_' } else { char });
    joined.collect()
}
