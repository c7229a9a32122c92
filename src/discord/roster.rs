//! A list of partners and people as a host pastes it: one line each, parts between bars.
//!
//! `Partner: RWA | Ruvani Waters Alliance | civil society | 3` and
//! `Amara Njeri | RWA | strategic | Africa/Nairobi | @amara | host`.

use crate::path::{Act, Level, NewPartner, NewPerson, Refusal};

/// What a line of a partner begins with.
const PARTNER: &str = "partner:";

/// Reads a pasted list.
///
/// # Errors
/// [`Refusal::UnreadableLine`] with the first line that cannot be read; nothing is entered then.
pub fn read(text: &str) -> Result<Act, Refusal> {
    let (mut partners, mut people) = (Vec::new(), Vec::new());
    for (nth, raw) in (1..).zip(text.lines()) {
        let line = raw.trim();
        if line.is_empty() {
            continue;
        }
        let bad = || Refusal::UnreadableLine { line: nth, text: line.to_owned() };
        match line.get(..PARTNER.len()).filter(|start| start.eq_ignore_ascii_case(PARTNER)) {
            Some(_) => partners.push(partner(&line[PARTNER.len()..]).ok_or_else(bad)?),
            None => people.push(person(line).ok_or_else(bad)?),
        }
    }
    if partners.is_empty() && people.is_empty() {
        return Err(Refusal::UnreadableLine { line: 1, text: String::new() });
    }
    Ok(Act::Enter { partners, people })
}

fn parts(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

/// Short name, full name, sector, days it needs for a decision; all but the first may be left out.
fn partner(line: &str) -> Option<NewPartner> {
    let parts = parts(line);
    let part = |at: usize| parts.get(at).copied().unwrap_or("").to_owned();
    let lag_days = match parts.get(3).copied().unwrap_or("") {
        "" => 0,
        days => days.trim_end_matches(|char: char| !char.is_ascii_digit()).parse().ok()?,
    };
    let short = part(0);
    (!short.is_empty() && parts.len() <= 4).then(|| NewPartner { short, name: part(1), sector: part(2), lag_days })
}

/// Name, partner, level; zone, account and *host* in any order behind.
fn person(line: &str) -> Option<NewPerson> {
    let parts = parts(line);
    let [name, partner, level, more @ ..] = parts.as_slice() else { return None };
    let level = self::level(level)?;
    let mut person = NewPerson {
        name: (*name).to_owned(),
        partner: (*partner).to_owned(),
        level,
        zone: String::new(),
        handle: String::new(),
        host: false,
    };
    for part in more.iter().filter(|part| !part.is_empty()) {
        match part {
            part if part.eq_ignore_ascii_case("host") => person.host = true,
            part if part.starts_with('@') => part.trim_start_matches('@').clone_into(&mut person.handle),
            part if person.zone.is_empty() => (*part).clone_into(&mut person.zone),
            _ => return None,
        }
    }
    (!person.name.is_empty() && !person.partner.is_empty()).then_some(person)
}

fn level(text: &str) -> Option<Level> {
    let text = text.to_lowercase();
    let is = |words: [&str; 3]| words.iter().any(|word| text == *word || word.len() > 3 && text.starts_with(word));
    if is(["strategic", "governance", "s"]) {
        Some(Level::Strategic)
    } else if is(["operational", "program", "o"]) {
        Some(Level::Operational)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_line_by_line() {
        let text = "Partner: RWA | Ruvani Waters Alliance | civil society | 3\n\n\
                    partner: City\n\
                    Amara Njeri | RWA | strategic | Africa/Nairobi | @amara | host\n\
                    Bo | City | operational/programme\n";
        let Ok(Act::Enter { partners, people }) = read(text) else { panic!("the list is good") };
        assert_eq!(partners.len(), 2);
        assert_eq!((partners[0].short.as_str(), partners[0].lag_days), ("RWA", 3));
        assert_eq!(partners[1].name, "");
        assert_eq!(
            (people[0].handle.as_str(), people[0].zone.as_str(), people[0].host),
            ("amara", "Africa/Nairobi", true)
        );
        assert_eq!((people[1].level, people[1].host), (Level::Operational, false));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_nothing_is_entered() {
        let table =
            [("Bo", 1), ("Partner: A\nBo | A | chief", 2), ("Partner: A | b | c | many", 1), ("", 1), ("a | b", 1)];
        for (text, line) in table {
            let refused = read(text);
            assert!(
                matches!(&refused, Err(Refusal::UnreadableLine { line: at, .. }) if *at == line),
                "{text:?}: {refused:?}"
            );
        }
    }
}
