//! What stands between the colons of a custom id, written and read.

use super::press::{Batch, Deed, Entry, Key, Slip};
use super::screens::links::{SCOPES, scope};
use crate::path::{
    AccountId, ApprovalId, CardId, ClusterId, DecisionId, Level, PartnerId, PersonId, Scope, Value, VersionId,
};

/// What stands behind the page of a slip that is added to a closed ask.
const LATE: &str = "l";

/// The arguments of a custom id, read one after another.
#[derive(Debug)]
pub struct Reader<'a> {
    parts: Vec<&'a str>,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Over the parts after the version.
    #[must_use]
    pub fn new(parts: Vec<&'a str>) -> Self {
        Self { parts, at: 0 }
    }

    pub(super) fn next(&mut self) -> Option<&'a str> {
        let part = self.parts.get(self.at).copied();
        self.at += 1;
        part
    }

    /// What is left.
    #[must_use]
    pub fn rest(&self) -> &[&'a str] {
        self.parts.get(self.at..).unwrap_or(&[])
    }
}

/// Something that stands between colons.
pub(super) trait Part: Sized {
    fn write(&self, parts: &mut Vec<String>);
    fn read(reader: &mut Reader<'_>) -> Option<Self>;
}

/// Keys, names of fields and openings: letters, digits and a few signs, so that nothing needs escaping.
fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char))
}

impl Part for String {
    fn write(&self, parts: &mut Vec<String>) {
        parts.push(self.clone());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.next().filter(|text| is_key(text)).map(str::to_owned)
    }
}

/// Numbers stand as they are.
macro_rules! number {
    ($($type:ty),+) => {$(
        impl Part for $type {
            fn write(&self, parts: &mut Vec<String>) {
                parts.push(self.to_string());
            }

            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                reader.next()?.parse().ok()
            }
        }
    )+};
}
number!(u8, u16);

/// Numbered things stand by their number, none as `-`.
macro_rules! numbered {
    ($($type:ident),+) => {$(
        impl Part for $type {
            fn write(&self, parts: &mut Vec<String>) {
                parts.push(self.0.to_string());
            }

            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                reader.next()?.parse().ok().map(Self)
            }
        }

        impl Part for Option<$type> {
            fn write(&self, parts: &mut Vec<String>) {
                parts.push(self.map_or_else(|| "-".to_owned(), |id| id.0.to_string()));
            }

            fn read(reader: &mut Reader<'_>) -> Option<Self> {
                match reader.next()? {
                    "-" => Some(None),
                    number => number.parse().ok().map(|id| Some($type(id))),
                }
            }
        }
    )+};
}
numbered!(ApprovalId, CardId, ClusterId, DecisionId, PartnerId, PersonId, VersionId);

impl Part for AccountId {
    fn write(&self, parts: &mut Vec<String>) {
        parts.push(self.0.to_string());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.next()?.parse().ok().map(Self)
    }
}

impl Part for bool {
    fn write(&self, parts: &mut Vec<String>) {
        parts.push(if *self { "y" } else { "n" }.to_owned());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.next()? {
            "y" => Some(true),
            "n" => Some(false),
            _ => None,
        }
    }
}

impl Part for Value {
    fn write(&self, parts: &mut Vec<String>) {
        let word = match self {
            Self::Here => "here",
            Self::Stands => "stands",
            Self::Remark => "remark",
            Self::NotYet => "not-yet",
        };
        parts.push(word.to_owned());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.next()? {
            "here" => Some(Self::Here),
            "stands" => Some(Self::Stands),
            "remark" => Some(Self::Remark),
            "not-yet" => Some(Self::NotYet),
            _ => None,
        }
    }
}

impl Part for Level {
    fn write(&self, parts: &mut Vec<String>) {
        parts.push(if *self == Self::Strategic { "s" } else { "o" }.to_owned());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.next()? {
            "s" => Some(Self::Strategic),
            "o" => Some(Self::Operational),
            _ => None,
        }
    }
}

impl Part for Scope {
    fn write(&self, parts: &mut Vec<String>) {
        let name = SCOPES.iter().find(|(_, known)| known == self).map_or("-", |(name, _)| *name);
        parts.push(name.to_owned());
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        scope(reader.next()?)
    }
}

/// A slip that is added to a closed ask has a letter behind its page.
impl Part for Slip {
    fn write(&self, parts: &mut Vec<String>) {
        self.ask.write(parts);
        parts.push(format!("{}{}", self.page, if self.late { LATE } else { "" }));
        self.card.write(parts);
        self.behalf.write(parts);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let ask = Part::read(reader)?;
        let page = reader.next()?;
        let (page, late) = page.strip_suffix(LATE).map_or((page, false), |page| (page, true));
        Some(Self { ask, page: page.parse().ok()?, card: Part::read(reader)?, behalf: Part::read(reader)?, late })
    }
}

impl Part for Entry {
    fn write(&self, parts: &mut Vec<String>) {
        self.ask.write(parts);
        self.person.write(parts);
        self.live.write(parts);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self { ask: Part::read(reader)?, person: Part::read(reader)?, live: Part::read(reader)? })
    }
}

impl Part for Deed {
    fn write(&self, parts: &mut Vec<String>) {
        self.name.write(parts);
        self.page.write(parts);
        parts.push(if self.args.is_empty() { "-".to_owned() } else { self.args.join(".") });
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let name = Part::read(reader)?;
        let page = Part::read(reader)?;
        let args = match reader.next()? {
            "-" => Vec::new(),
            args => args.split('.').map(str::to_owned).collect(),
        };
        let known = |arg: &String| !arg.is_empty() && arg.split(',').all(is_key);
        args.iter().all(known).then_some(Self { name, args, page })
    }
}

/// Several cards stand with commas between, none as `-`.
impl Part for Batch {
    fn write(&self, parts: &mut Vec<String>) {
        let cards: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        parts.push(if cards.is_empty() { "-".to_owned() } else { cards.join(",") });
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.next()? {
            "-" => Some(Self::default()),
            cards => cards.split(',').map(|card| card.parse().ok().map(CardId)).collect::<Option<_>>().map(Self),
        }
    }
}

/// A picture's key has a colon, which parts arguments: it stands as a dot.
impl Part for Key {
    fn write(&self, parts: &mut Vec<String>) {
        parts.push(self.0.replace(':', "."));
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.next()?;
        let known = text.split('.').count() <= 2 && text.split('.').all(is_key);
        known.then(|| Self(text.replace('.', ":")))
    }
}
