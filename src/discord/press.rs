//! The closed list of what can be pressed, chosen or sent.

use crate::path::{CardId, Level, PartnerId, PersonId, Value};

/// Which card form: the ask, the page, the card that is edited, the person a host writes for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// The ask's key.
    pub ask: String,
    /// The page of the form, from 0.
    pub page: u16,
    /// The card that is edited; none for a new one.
    pub card: Option<CardId>,
    /// For whom a host writes it down.
    pub behalf: Option<PersonId>,
}

/// Something a host wants to do, with the arguments that are known so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// Its name in the list of deeds.
    pub name: String,
    /// What was chosen so far, step by step; a step of several things holds them with commas.
    pub args: Vec<String>,
    /// The page of the menu that is shown.
    pub page: u16,
}

/// Makes the list of presses with its short form, so that writing and reading cannot differ.
macro_rules! presses {
    ($($(#[$meta:meta])* $name:ident = $verb:literal $({ $($field:ident: $type:ty),+ })?;)+) => {
        /// What a press, a choice or a sent form means.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Press {
            $($(#[$meta])* $name $({ $(
                #[doc = concat!("The ", stringify!($field), ".")]
                $field: $type
            ),+ })?,)+
        }

        impl Press {
            /// Its verb and arguments as they stand in a custom id.
            #[must_use]
            pub fn parts(&self) -> Vec<String> {
                match self {
                    $(Self::$name $({ $($field),+ })? => {
                        #[allow(unused_mut, reason = "verbs without arguments add nothing")]
                        let mut parts = vec![$verb.to_owned()];
                        $($(Part::write($field, &mut parts);)+)?
                        parts
                    })+
                }
            }

            /// Reads verb and arguments.
            pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
                Some(match reader.next()? {
                    $($verb => Self::$name $({ $($field: Part::read(reader)?),+ })?,)+
                    _ => return None,
                })
            }
        }
    };
}

presses! {
    /// *Start* a sitting.
    Start = "start" { sitting: String };
    /// *Read more* about a sitting.
    Learn = "learn" { sitting: String, page: u16 };
    /// *Where is mine?* after a sitting.
    Whereabouts = "where" { sitting: String };
    /// Show an ask.
    Ask = "ask" { ask: String };
    /// Show a page of an ask that goes on: a text, a tree, partners.
    Page = "page" { ask: String, page: u16 };
    /// *Told*, or *read*.
    Done = "told" { ask: String };
    /// Open a card's form.
    Write = "write" { slip: Slip };
    /// A card's form was sent.
    Give = "give" { slip: Slip, opening: String };
    /// A field was chosen.
    Pick = "pick" { slip: Slip, field: String };
    /// *Give* what stands in the draft, *despite* a form check if so.
    Send = "send" { slip: Slip, despite: bool };
    /// *Next*.
    Next = "next" { ask: String };
    /// *Skip*.
    Skip = "skip" { ask: String };
    /// Marks of one menu were chosen.
    Mark = "mark" { ask: String, menu: u16 };
    /// The same answer to every line that has none yet.
    Answer = "answer" { ask: String, value: Value };
    /// A remark or a *not yet*: opens the form, or the menu of lines.
    Remark = "remark" { ask: String, card: Option<CardId>, value: Value };
    /// A line was chosen for a remark or a *not yet*.
    Line = "line" { ask: String, value: Value };
    /// The words of a remark or a *not yet* were sent.
    Note = "note" { ask: String, card: CardId, value: Value, opening: String };
    /// A card was chosen for a partner.
    Assign = "assign" { ask: String, about: PartnerId };
    /// A field to place figures on was chosen.
    Field = "field" { ask: String };
    /// So many figures of a pile on a card.
    Place = "place" { ask: String, card: CardId, pile: String, count: u8 };
    /// A card to be put elsewhere was chosen.
    Under = "under" { ask: String, page: u16 };
    /// The card above was chosen.
    Lies = "lies" { ask: String, card: CardId, page: u16 };
    /// What others wrote.
    Others = "others" { ask: String, page: u16 };
    /// Yes or no to a card that names me.
    Confirm = "confirm" { card: CardId, yes: bool };
    /// *We use this word differently.*
    Dispute = "dispute" { card: CardId };
    /// What waits for me.
    Me = "me";
    /// What I gave.
    Mine = "mine" { page: u16 };
    /// One of my cards was chosen.
    Card = "card";
    /// Show one card.
    Show = "show" { card: CardId };
    /// *Change* a card.
    Edit = "edit" { card: CardId };
    /// *Take back* a card; asked once more unless sure.
    Withdraw = "withdraw" { card: CardId, sure: bool };
    /// My drafts.
    Drafts = "drafts";
    /// My zone: opens the form.
    Zone = "zone";
    /// The zone was sent.
    ZoneForm = "zoneform" { opening: String };
    /// I leave; asked once more unless sure.
    Leave = "leave" { sure: bool };
    /// The canvas.
    Canvas = "canvas" { page: u16 };
    /// Help.
    Help = "help" { page: u16 };
    /// *That's me*.
    Join = "join" { page: u16 };
    /// A name on the list was chosen.
    Iam = "iam";
    /// Zone and hello were sent.
    JoinForm = "joinform" { person: PersonId, opening: String };
    /// *I am not on the list.*
    Unlisted = "unlisted";
    /// A partner was chosen.
    MyPartner = "mypartner";
    /// A level was chosen: opens the form.
    MyLevel = "mylevel" { partner: PartnerId };
    /// Name and zone were sent.
    AskForm = "askform" { partner: PartnerId, level: Level, opening: String };
    /// Yes or no to someone who asks to join.
    Admit = "admit" { person: PersonId, yes: bool };
    /// *Set up*: opens the form.
    Setup = "setup";
    /// Check the permissions once more.
    Probe = "probe";
    /// The set-up form was sent.
    SetupForm = "setupform" { opening: String };
    /// The host's desk.
    Desk = "desk";
    /// A deed was chosen in the desk's menu.
    Deeds = "deeds";
    /// A deed, with one more argument if a menu was used.
    Deed = "host" { deed: Deed };
    /// A deed's form was sent.
    DeedForm = "hf" { deed: Deed, opening: String };
    /// The ask for a message that its author gives.
    From = "from";
}

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

    fn next(&mut self) -> Option<&'a str> {
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
trait Part: Sized {
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
numbered!(CardId, PartnerId, PersonId);

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

impl Part for Slip {
    fn write(&self, parts: &mut Vec<String>) {
        self.ask.write(parts);
        self.page.write(parts);
        self.card.write(parts);
        self.behalf.write(parts);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            ask: Part::read(reader)?,
            page: Part::read(reader)?,
            card: Part::read(reader)?,
            behalf: Part::read(reader)?,
        })
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
