//! The closed list of what can be pressed, chosen or sent.

use super::part::{Part, Reader};
use crate::path::{
    AccountId, ApprovalId, CardId, ClusterId, DecisionId, Level, PartnerId, PersonId, Scope, Value, VersionId,
};

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
    /// Whether it is added to an ask that has closed.
    pub late: bool,
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

/// The key of a picture of the canvas: `whole`, or a word and a section's key with a colon between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key(pub String);

/// Several cards: they stand with commas between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch(pub Vec<CardId>);

/// For whom a host enters what, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The ask's key.
    pub ask: String,
    /// Whose it is.
    pub person: PersonId,
    /// Whether it was said in a meeting; else on the phone.
    pub live: bool,
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
    /// A closed ask to add to was chosen.
    Addition = "addition";
    /// Add to an ask that has closed.
    Add = "add" { ask: String };
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
    /// *Support it instead*: my card stands behind another.
    Support = "support" { card: CardId, other: CardId };
    /// My card stands alone again.
    StandAlone = "standalone" { card: CardId };
    /// *Split mine off* from a card that a host made of it.
    SplitOff = "splitoff" { card: CardId };
    /// A host undoes a joining of look-alikes.
    Unjoin = "unjoin" { card: CardId };
    /// The headings over groups of cards, on the table of an ask.
    Headings = "heads" { ask: String, page: u16 };
    /// Cards for a new heading were chosen: opens the form.
    NewHeading = "newhead" { ask: String };
    /// Cards that may belong together were chosen whole: opens the form.
    Theme = "theme" { ask: String };
    /// The new heading was sent.
    HeadingForm = "headform" { cards: Batch, opening: String };
    /// A group was chosen.
    Cluster = "cluster" { ask: String };
    /// Show a group.
    ShowCluster = "acluster" { cluster: ClusterId, page: u16 };
    /// Cards to be put under a heading were chosen.
    PutUnder = "putunder" { cluster: ClusterId };
    /// Cards to be taken out from under it were chosen.
    TakeOut = "takeout" { cluster: ClusterId };
    /// Undo: these cards come out again.
    OutAgain = "outagain" { cluster: ClusterId, cards: Batch };
    /// Undo: these cards go back under it.
    PutBack = "putback" { cluster: ClusterId, cards: Batch };
    /// *Another heading*: opens the form.
    Rename = "rename" { cluster: ClusterId };
    /// That was sent.
    RenameForm = "renform" { cluster: ClusterId, opening: String };
    /// Undo: it is called as before.
    NameBack = "nameback" { cluster: ClusterId };
    /// The heading is taken away.
    Dissolve = "dissolve" { cluster: ClusterId };
    /// Undo: it is there again.
    Restore = "restore" { cluster: ClusterId };
    /// *We use this word differently.*
    Dispute = "dispute" { card: CardId };
    /// What waits for me.
    Me = "me";
    /// What I gave.
    Mine = "mine" { page: u16 };
    /// A page of what I gave in one sitting.
    MineIn = "minein" { sitting: String, page: u16 };
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
    /// A picture of the canvas was chosen, in a menu beside this one.
    Picture = "picture" { picture: Key };
    /// A picture of the canvas.
    Shown = "shown" { picture: Key };
    /// A line of a picture's section was chosen, to see where it comes from.
    Origin = "origin" { picture: Key };
    /// The links to the canvas, for hosts.
    Links = "links";
    /// For whom a new link is, was chosen.
    LinkFor = "linkfor";
    /// How long it opens, was chosen.
    LinkUntil = "linkuntil" { scope: Scope };
    /// A link to be taken back was chosen.
    Unlink = "unlink";
    /// What people outside may see, for hosts.
    Release = "release";
    /// That was chosen, in one of its menus.
    Released = "released" { part: u16 };
    /// Snapshots and versions of the canvas.
    Versions = "versions";
    /// One of them was chosen.
    Version = "version";
    /// Two of them were chosen.
    Compare = "compare";
    /// Another one was chosen, to lie beside this one.
    Beside = "beside" { version: VersionId };
    /// The reports.
    Reports = "reports";
    /// One of them was chosen.
    Report = "report";
    /// The canvas in another form, beside this picture.
    Take = "take" { form: String, picture: Key };
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
    /// *I have a new account.*
    NewAccount = "newaccount" { page: u16 };
    /// Whose account it is, was chosen.
    Claim = "claim";
    /// A host says whether a new account is that person's.
    Account = "account" { person: PersonId, account: AccountId, yes: bool };
    /// *Set up*: opens the form.
    Setup = "setup";
    /// Check the permissions once more.
    Probe = "probe";
    /// The set-up form was sent.
    SetupForm = "setupform" { opening: String };
    /// The host's desk.
    Desk = "desk";
    /// A deed was chosen in the desk's menu.
    Deeds = "deeds" { menu: u8 };
    /// A deed about time was chosen at the desk.
    Times = "times";
    /// A deed, with one more argument if a menu was used.
    Deed = "host" { deed: Deed };
    /// A deed's form was sent.
    DeedForm = "hf" { deed: Deed, opening: String };
    /// The meeting: what is to be decided now.
    Meeting = "meeting";
    /// What a host enters for somebody.
    Enter = "enter" { entry: Entry, page: u16 };
    /// Marks of one menu were chosen for somebody.
    EnterMarks = "emarks" { entry: Entry, menu: u16 };
    /// An answer for somebody: to all lines alike, or the menu of lines.
    EnterAnswer = "eanswer" { entry: Entry, value: Value };
    /// A line was chosen for somebody's remark or *not yet*.
    EnterLine = "eline" { entry: Entry, value: Value };
    /// The words of somebody's remark or *not yet* were sent.
    EnterNote = "enote" { entry: Entry, card: CardId, value: Value, opening: String };
    /// Somebody stands subject to approval: opens the form.
    EnterSubject = "esubject" { entry: Entry };
    /// By which day, was sent.
    EnterUntil = "euntil" { entry: Entry, opening: String };
    /// A card was chosen for a partner, in somebody's name.
    EnterRole = "erole" { entry: Entry, about: PartnerId };
    /// A field was chosen to place somebody's figures on.
    EnterField = "efield" { entry: Entry };
    /// So many figures of a pile were chosen for that field.
    EnterPlace = "eplace" { entry: Entry, card: CardId };
    /// Somebody passes.
    EnterPass = "epass" { entry: Entry };
    /// The ask for a message that its author gives.
    From = "from";
    /// The open lines of a consent, for hosts.
    Round = "rounds" { ask: String };
    /// One of them was chosen, to be worded anew: opens the form.
    RoundLine = "rline" { ask: String };
    /// Its new wording was sent.
    RoundWords = "rwords" { ask: String, card: CardId, opening: String };
    /// The next round opens.
    RoundOpen = "ropen" { ask: String };
    /// A quick poll's form was sent.
    PollForm = "poll" { roles: bool, marks: u16, quorum: u16, named: bool, public: bool, opening: String };
    /// *Vote*.
    Vote = "vote" { ask: String };
    /// *How many have voted?*
    Turnout = "turnout" { ask: String };
    /// *Close now*; asked once more unless sure.
    EndPoll = "endpoll" { ask: String, sure: bool };
    /// An organisation was chosen, to speak for.
    SpeakFor = "speakfor" { ask: String };
    /// *For myself alone.*
    Alone = "alone" { ask: String };
    /// *Another organisation*: opens the form.
    Another = "another" { ask: String };
    /// The other organisation's name was sent.
    Speak = "speak" { ask: String, opening: String };
    /// The decision log, newest first.
    Log = "log" { page: u16 };
    /// *Ask to open this again…*: the form, or which of several.
    Again = "again" { ask: String };
    /// What is to be opened again was chosen: opens the form.
    AgainThis = "againthis";
    /// The reason was sent.
    AgainForm = "againform" { decision: DecisionId, opening: String };
    /// That is taken back.
    NotAgain = "notagain" { decision: DecisionId };
    /// *Stands, subject to approval by …*: opens the form.
    Subject = "subject" { ask: String };
    /// By which day, was sent.
    SubjectForm = "subjectform" { ask: String, opening: String };
    /// It stands without approval after all.
    Unsubject = "unsubject" { ask: String };
    /// The approvals that wait.
    Approvals = "approvals";
    /// One of them was chosen.
    Approval = "approval";
    /// *Approved*.
    Approved = "approved" { approval: ApprovalId };
    /// *Not approved, because…*: opens the form.
    NotApproved = "notapproved" { approval: ApprovalId };
    /// The reason was sent.
    NotApprovedForm = "notform" { approval: ApprovalId, opening: String };
    /// *Another day*: opens the form.
    Until = "until" { approval: ApprovalId };
    /// That day was sent.
    UntilForm = "untilform" { approval: ApprovalId, opening: String };
    /// *Pass* for all that waits in a sitting; asked once more unless sure.
    PassAll = "passall" { sitting: String, sure: bool };
    /// *Tell me a better day*.
    BetterDay = "betterday";
    /// A better day was chosen.
    OnDay = "onday";
    /// Where I want to be reminded.
    Reach = "reach";
    /// That was chosen.
    Reached = "reached";
    /// *No more of these*.
    NoNudges = "nonudges";
}
