//! Custom ids: there and back, old ones, foreign ones, garbage.

use proptest::prelude::*;

use crate::discord::custom_id::{CustomId, Unreadable, is_marked, opening, opening_short};
use crate::discord::limits::CUSTOM_ID_CHARS_MAX;
use crate::discord::press::{Deed, Key, Press, Slip};
use crate::path::{CardId, Level, PartnerId, PartnershipId, PersonId, Value};

#[test]
fn ids_are_written_as_agreed() {
    let slip = Slip { ask: "causes".to_owned(), page: 1, card: Some(CardId(7)), behalf: None, late: false };
    let deed = Deed { name: "keep".to_owned(), args: vec!["core-causes".to_owned(), "12,13".to_owned()], page: 2 };
    let picture = || Key("section:problem-tree".to_owned());
    let start = CustomId::from(Press::Start { sitting: "hello".to_owned() });
    let table: [(CustomId, &str); 13] = [
        (start.clone().within(PartnershipId(7)), "j1:start:hello:p7"),
        (start.within(PartnershipId(7)).marked(42), "j1:start:hello:p7:o42"),
        (Press::Canvas { page: 0 }.into(), "j1:canvas:0"),
        (Press::Picture { picture: picture() }.into(), "j1:picture:section.problem-tree"),
        (Press::Take { form: "a3".to_owned(), picture: Key("whole".to_owned()) }.into(), "j1:take:a3:whole"),
        (Press::Start { sitting: "hello".to_owned() }.into(), "j1:start:hello"),
        (CustomId::from(Press::Start { sitting: "hello".to_owned() }).marked(42), "j1:start:hello:o42"),
        (Press::Give { slip, opening: "ab1".to_owned() }.into(), "j1:give:causes:1:7:-:ab1"),
        (Press::Deed { deed }.into(), "j1:host:keep:2:core-causes.12,13"),
        (Press::Me.into(), "j1:me"),
        (CustomId::from(Press::Me).marked(9), "j1:me:o9"),
        (Press::Answer { ask: "rules".to_owned(), value: Value::NotYet }.into(), "j1:answer:rules:not-yet"),
        (
            Press::AskForm { partner: PartnerId(3), level: Level::Operational, opening: "z".to_owned() }.into(),
            "j1:askform:3:o:z",
        ),
    ];
    for (id, text) in table {
        assert_eq!(id.to_string(), text);
        assert_eq!(CustomId::read(text), Ok(id));
    }
    assert!(is_marked("j1:me:o9", 9) && !is_marked("j1:me:o9", 10) && !is_marked("j1:me", 9));
}

#[test]
fn what_is_not_ours_says_nothing() {
    let table = [
        "",
        ":",
        "j1",
        "j1:",
        "j0:me",
        "j2:me",
        "j1:me:x",
        "j1:me:o",
        "j1:me:ox",
        "j1:me:o1:o2",
        "j1:me:o1:p2",
        "j1:me:p",
        "j1:start",
        "j1:start:",
        "j1:start:a b",
        "j1:place:figures:x:green:1",
        "j1:place:figures:1:green:300",
        "j1:answer:rules:maybe",
        "j1:confirm:1:perhaps",
        "j1:host:keep:0:a..b",
        "j1:host:keep:0:ä",
        "pja1:vote:1",
        "j1:picture:",
        "j1:picture:a.b.c",
        "j1:picture:section:x",
        "j1:origin:../x",
        "j1:take:a3",
    ];
    for text in table {
        assert_eq!(CustomId::read(text), Err(Unreadable), "{text:?}");
    }
}

#[test]
fn each_opening_has_an_ending_of_its_own() {
    assert_eq!(opening(0), "0");
    assert_eq!(opening(35), "z");
    assert_eq!(opening(36), "10");
    assert!(opening(u64::MAX).len() <= 13);
}

fn key() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9-]{0,31}"
}

fn press() -> impl Strategy<Value = Press> {
    let card = || (0..i64::MAX).prop_map(CardId);
    let slip = || {
        (key(), 0..9_u16, prop::option::of(card()), prop::option::of((0..99_999_i64).prop_map(PersonId)), any::<bool>())
            .prop_map(|(ask, page, card, behalf, late)| Slip { ask, page, card, behalf, late })
    };
    let deed = (key(), prop::collection::vec("[a-z0-9][a-z0-9-]{0,7}(,[0-9]{1,4}){0,3}", 0..3), 0..9_u16)
        .prop_map(|(name, args, page)| Deed { name, args, page });
    prop_oneof![
        key().prop_map(|sitting| Press::Start { sitting }),
        (slip(), "[a-z0-9]{1,13}").prop_map(|(slip, opening)| Press::Give { slip, opening }),
        (slip(), key()).prop_map(|(slip, field)| Press::Pick { slip, field }),
        (slip(), any::<bool>()).prop_map(|(slip, despite)| Press::Send { slip, despite }),
        (key(), card(), key(), any::<u8>()).prop_map(|(ask, card, pile, count)| Press::Place {
            ask,
            card,
            pile,
            count
        }),
        (key(), any::<u16>()).prop_map(|(ask, menu)| Press::Mark { ask, menu }),
        deed.prop_map(|deed| Press::Deed { deed }),
        card().prop_map(|card| Press::Edit { card }),
        (key(), key()).prop_map(|(word, key)| Press::Origin { picture: Key(format!("{word}:{key}")) }),
        (key(), key()).prop_map(|(form, key)| Press::Take { form, picture: Key(key) }),
        Just(Press::Me),
    ]
}

proptest! {
    #[test]
    fn every_id_can_be_read_again(
        press in press(),
        within in prop::option::of((0..i64::MAX).prop_map(PartnershipId)),
        row in prop::option::of(0..i64::MAX),
    ) {
        let id = CustomId { press, within, row };
        prop_assert_eq!(CustomId::read(&id.to_string()), Ok(id));
    }

    #[test]
    fn garbage_never_panics(text in any::<String>(), tail in "j1:[a-z]{1,9}(:[a-z0-9,.-]{0,9}){0,6}") {
        let _ = CustomId::read(&text);
        let _ = CustomId::read(&tail);
    }
}

/// The longest keys of the shipped plan, the largest numbers that a partnership will see.
#[test]
fn the_longest_ids_fit() {
    let plan = super::plan();
    let ask = plan.asks().map(|(_, _, ask)| ask.key.clone()).max_by_key(String::len).unwrap();
    let field =
        plan.asks().flat_map(|(_, _, ask)| &ask.fields).map(|field| field.key.clone()).max_by_key(String::len).unwrap();
    let slip =
        Slip { ask: ask.clone(), page: 9, card: Some(CardId(9_999_999)), behalf: Some(PersonId(99_999)), late: true };
    let many = ["99999"; 10].join(",");
    let deed = |name: &str| Deed { name: name.to_owned(), args: vec![ask.clone(), many.clone()], page: 0 };
    let ids: [CustomId; 4] = [
        CustomId::from(Press::Give { slip: slip.clone(), opening: opening(u64::MAX) }).within(PartnershipId(99_999)),
        CustomId::from(Press::Pick { slip, field }).marked(99_999_999),
        Press::DeedForm { deed: deed("merge"), opening: opening_short(u64::MAX) }.into(),
        Press::Deed { deed: deed("ask-open") }.into(),
    ];
    for id in ids {
        let text = id.to_string();
        assert!(text.len() <= CUSTOM_ID_CHARS_MAX, "{text}: {}", text.len());
    }
}
