//! A small plan with one ask of nearly every kind, and its words, both without fault.

pub(super) const PLAN: &str = r#"key = "mini"

[[list]]
key = "roles"
phase = "one"

[[phase]]
key = "one"

  [[phase.sitting]]
  key = "first"
  days = 2
  minutes = 5

    [[phase.sitting.ask]]
    key = "threes"
    kind = "groups"

    [[phase.sitting.ask]]
    key = "notes"
    kind = "cards"
    by = "group"
    confirm = "owner"
    each = { min = 1, max = 3 }
    field = [
      { key = "note", type = "line", chars_max = 140 },
      { key = "tone", type = "choice", choices = ["glad", "sad"] },
      { key = "mood", type = "choice", choices = ["low", "high"] },
      { key = "about", type = "card", from = ["issue"] },
      { key = "owner", type = "person" },
    ]

    [[phase.sitting.ask]]
    key = "dots"
    kind = "marks"
    from = ["notes"]
    pile = [{ key = "dot", budget = 3 }]
    keep = { min = 1, max = 2 }

    [[phase.sitting.ask]]
    key = "page"
    kind = "consent"
    from = ["dots"]
    kept = true

    [[phase.sitting.ask]]
    key = "tree"
    kind = "tree"
    from = ["notes"]
    crown = ["notes"]
    under = "dots"

    [[phase.sitting.ask]]
    key = "take"
    kind = "assign"
    from = ["roles"]
    pile = [{ key = "main", budget = 1 }]
    after = "notes"

    [[phase.sitting.ask]]
    key = "learn"
    kind = "read"

  [[phase.check]]
  rule = "count"
  ask = "dots"

  [[phase.check]]
  rule = "covers"
  ask = "take"
  cards = ["lead"]

[[section]]
key = "kept-notes"
shape = "lines"
from = ["dots"]
kept = true
phase = "one"

[[section]]
key = "grown"
shape = "tree"
from = ["tree"]
beside = ["notes"]
chart = { kind = "map", ask = "notes", field = "tone", now = ["glad"], planned = ["sad"] }
phase = "one"

[[section]]
key = "listed"
shape = "table"
from = ["dots"]
beside = ["notes"]
chart = { kind = "scale", ask = "notes", baseline = "note", target = "owner" }
phase = "one"

[[section]]
key = "cornered"
shape = "table"
from = ["notes"]
chart = { kind = "grid", ask = "notes", across = "tone", up = "mood" }
phase = "one"
"#;

pub(super) const WORDS: &str = "# One
What it is for.

## sitting: first
First

### post
About {{ minutes }} minutes.

### canvas
This goes to our canvas: notes.

### thanks
Thank you, {{ name }}.

### close
This is what we have.

## ask: notes
Notes

### question
What did you note?

### example
It rained.

### command
Give a note

### field: note
Note | One line

### field: tone
Tone | Choose one

### choice: tone.glad
Glad

### choice: tone.sad
Sad

### field: mood
Mood | Choose one

### choice: mood.low
Low

### choice: mood.high
High

### field: about
About | Choose a card

### field: owner
Owner | Choose a person

## ask: threes
Threes

### question
Who with whom?

### command
See the groups

## ask: dots
Dots

### question
Which ones?

### command
Give {{ budget_dot }} dots

### pile: dot
dot

## ask: page
Page

### question
Does it stand?

### command
Say whether it stands

## ask: tree
Tree

### question
What lies under what?

### command
See the tree

## ask: take
Roles

### question
Who does what?

### command
Choose roles

### pile: main
main role

## ask: learn
Read

### question
Ready to read?

### command
Read it

### page
One.

### page
Two.

## list: roles

- lead: Leader — Goes first.
- help: Helper

## section: kept-notes
Notes we keep
They will stand here.

## section: grown
What grew
It will grow here.

## section: listed
What we list
It will be listed here.

## section: cornered
Our corners
It will stand in its corner here.
";
