//! Words from many hands, friendly and hostile.

use proptest::prelude::*;

use super::{ALIKE, TEXTS_MAX, chars, clean, is_same_name, kin, likeness, sentences};

#[track_caller]
fn cleaned(text: &str, expected: &str) {
    assert_eq!(clean(text), expected, "{text:?}");
    assert_eq!(clean(expected), expected, "{text:?} cleaned twice");
}

#[test]
fn what_people_write_stays() {
    for text in [
        "The river floods every April.",
        "Two lines,\nand a third.\n\nA blank one before.",
        "Inês: «não!» — 50 % of R&D <b>*not bold*</b> @everyone =1+1",
        "پلاستیک در رودخانه می‌ریزد",
        "נהר נקי 2026",
        "नदी में क्‍षति",
        "ශ්‍රී ලංකාව",
        "Việt Nam, Ελλάδα, Україна, 한국어, ไม่มีพลาสติก",
        "河流中没有塑料。",
        "မြန်မာကျွန်ုပ်",
        "👩🏽‍🌾 ❤️‍🔥 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇰🇪 1️⃣ 👍",
    ] {
        cleaned(text, text);
    }
}

#[test]
fn what_only_harms_goes() {
    cleaned("a\0b\u{7}c\u{1b}[31m", "abc[31m");
    cleaned("one\ttwo\r\nthree\rfour\u{85}five\u{2028}six", "one two\nthree\nfour\nfive\nsix");
    cleaned("safe\u{202e}txt.exe\u{202c} \u{2066}x\u{2069}", "safetxt.exe x");
    cleaned("zero\u{200b}width\u{feff} word\u{2060}joiner soft\u{ad}hyphen", "zerowidth wordjoiner softhyphen");
    cleaned("hid\u{e0068}\u{e0069}den", "hidden");
    cleaned("a\u{fe0f}b\u{e0101}c", "abc");
    cleaned("la\u{200d}tin\u{200c}", "latin");
    cleaned("mark\u{200f} without \u{200e}need", "mark without need");
    cleaned("  around \n", "around");
    cleaned("spaces  \nat ends\u{a0}\n \n\n \n\nof lines", "spaces\nat ends\n\nof lines");
}

#[test]
fn composed_and_not_is_the_same_text() {
    cleaned("Ine\u{302}s", "In\u{ea}s");
    cleaned("e\u{200b}\u{301}", "\u{e9}");
    cleaned("\u{1112}\u{1161}\u{11ab}", "한");
}

#[test]
fn towers_of_accents_are_cut() {
    let tower = format!("z{}algo", "\u{336}\u{489}\u{35f}".repeat(20));
    assert_eq!(clean(&tower).chars().count(), "zalgo".len() + 4);
    let through_joiners = format!("न{}", "\u{301}\u{200d}".repeat(20));
    assert!(clean(&through_joiners).chars().count() < 12);
}

#[test]
fn what_nobody_sees_is_empty() {
    for text in ["", " \n\t ", "\u{200b}\u{200d}\u{200e}", "\u{3164}", "\u{115f}\u{1160}", "\u{2800}", "\u{301}\u{301}"]
    {
        assert_eq!(clean(text), "", "{text:?}");
    }
}

#[test]
fn characters_are_those_one_sees() {
    for (text, seen) in [("", 0), ("río", 3), ("ri\u{301}o", 3), ("👩🏽‍🌾", 1), ("🇰🇪🇵🇹", 2), ("a\nb", 3), ("क्षति", 2)]
    {
        assert_eq!(chars(text), seen, "{text:?}");
    }
}

#[test]
fn sentences_are_counted_as_well_as_can_be() {
    for (text, expected) in [
        ("", 0),
        ("…", 0),
        ("One sentence without an end", 1),
        ("By 2036 the Ruvani carries no plastic to the sea, and its people earn from keeping it clean.", 1),
        ("One here. Two there.", 2),
        ("Really?! Yes. No.", 3),
        ("A sentence\nover two lines.", 1),
        ("A heading\n\nA sentence.", 2),
        ("It is 3.5 km long.", 1),
        ("Dr. Smith of the U.K. Institute agrees.", 1),
        ("Wir trennen z. B. Flaschen und bzw. Tüten.", 1),
        ("We sort, e.g. Bottles and bags.", 1),
        ("No. 5 is ours. It works.", 2),
        ("河流干净。人们快乐。", 2),
        ("नदी साफ है। लोग खुश हैं।", 2),
    ] {
        assert_eq!(sentences(text), expected, "{text:?}");
    }
}

#[test]
fn likeness_tells_reorderings_from_strangers() {
    let one = "Households throw plastic into the river";
    let same = "Into the river, households throw PLASTIC!";
    let other = "The council has no budget for trucks";
    assert!(likeness(one, same) > 0.99, "{}", likeness(one, same));
    assert!(likeness(one, other) < 0.15, "{}", likeness(one, other));
    assert!(likeness("河流中有塑料", "没有预算") < 0.1);
    assert!(likeness("No trucks.", "no trucks") > 0.99);
    assert!(likeness("ﬁne Ine\u{302}s", "fine In\u{ea}s") > 0.99);
    assert!(likeness("", "") < 0.01);
    assert!(likeness("…", "word") < 0.01);
    assert!(likeness("A", "a!") > 0.99 && likeness("A", "B") < 0.01);
}

#[test]
fn near_doubles_are_told_from_frames() {
    let near = [
        // A small word more, another order, a slip.
        ("Fuel is too expensive for small kitchens", "Fuel is to expensive for small kitchens"),
        ("Fuel is too expensive for small kitchens", "Small kitchens find fuel too expensive"),
        ("There are no bins at the market", "No bins at the market"),
        ("There are no bins at the market", "The market has no bins"),
        ("Rubbish is collected too rarely in the old town", "In the old town rubbish is collected too rarely"),
        ("People do not know where to bring old batteries", "People don't know where to bring their old batteries"),
        ("A warm meal costs more than many families can pay", "Warm meals cost more than many families can pay"),
        ("The council has no budget for trucks", "The city council has no budget for trucks"),
        ("Families lack money for lunch", "Families have no money for lunch"),
        // Short ones.
        ("Nobody cooks", "Nobody coocks"),
        ("Fuel is dear", "Fuel is too dear"),
        ("No trucks", "no trucks!"),
        // Other languages and scripts.
        ("Die Kinder haben keinen Platz zum Lernen", "Die Kinder haben zum Lernen keinen Platz"),
        ("لا يوجد ماء نظيف في القرية", "لا يوجد في القرية ماء نظيف"),
        ("المدرسة بعيدة عن القرية", "المدرسه بعيدة عن القرية"),
        ("हमारे गाँव में साफ पानी नहीं है", "गाँव में साफ पानी नहीं है"),
        ("河流中有塑料", "塑料在河流中"),
        ("学校没有热饭", "学校里没有热饭"),
    ];
    for (one, other) in near {
        assert!(likeness(one, other) >= ALIKE, "{one} | {other}: {}", likeness(one, other));
    }
    let far = [
        // One frame, two things.
        ("People do not know that the river is polluted", "People do not know that they can apply for grants"),
        ("People do not know that plastic harms fish", "People do not know that bins exist"),
        ("There is no money for trucks", "There is no money for teachers"),
        ("There is a lack of clean water", "There is a lack of trained nurses"),
        ("Many parents work late and cannot cook", "Many parents work late and cannot help with homework"),
        ("Nobody collects rubbish in the east of the town", "Nobody repairs the roads in the east of the town"),
        ("Share of households that sort their waste", "Share of households that pay the fee"),
        ("Schools have no kitchens", "Schools have no gardens"),
        // The opposite, and another number.
        ("We have trucks for the old town", "We have no trucks for the old town"),
        ("People know where to bring batteries", "People don't know where to bring batteries"),
        ("80 % of households sort their waste", "50 % of households sort their waste"),
        // Short ones.
        ("Nobody cooks", "Nobody plans"),
        ("Fuel is dear", "Food is dear"),
        ("No trucks", "No bins"),
        ("Trust", "Trucks"),
        ("Water", "Waste"),
        // Other languages and scripts.
        ("لا يوجد ماء نظيف في القرية", "لا يوجد طبيب في القرية"),
        ("الناس لا يعرفون أن النهر ملوث", "الناس لا يعرفون أن المنح موجودة"),
        ("हमारे गाँव में साफ पानी नहीं है", "हमारे गाँव में डॉक्टर नहीं है"),
        ("学校没有热饭", "学校没有老师"),
        ("人们不知道河流被污染", "人们不知道可以申请补助"),
    ];
    for (one, other) in far {
        assert!(likeness(one, other) < ALIKE, "{one} | {other}: {}", likeness(one, other));
    }
}

/// Which of these texts are put together, and from which word a heading may begin.
fn gathered(texts: &[&str]) -> Vec<(Vec<usize>, Option<String>)> {
    kin(texts).into_iter().map(|kin| (kin.members, kin.word)).collect()
}

#[test]
fn kin_are_gathered() {
    let causes = [
        "Fuel is too expensive for small kitchens",
        "Nobody plans the meals",
        "Cooks have no training",
        "Roads are bad in the rainy season",
        "Meals are planned too late",
        "The road to the north is closed when it rains",
        "Cooks are not trained in hygiene",
        "Menus change when the meals arrive late",
        "Teachers eat elsewhere",
    ];
    let meals = (vec![1, 4, 7], Some("Meals".to_owned()));
    let cooks = (vec![2, 6], Some("Training".to_owned()));
    let roads = (vec![3, 5], Some("Rainy".to_owned()));
    assert_eq!(gathered(&causes), [meals, cooks, roads]);
    // What only shares small words is left alone; so is what is alone, and what says nothing.
    assert_eq!(gathered(&["The cat is on the mat", "The dog is in the garden", "Trust"]), []);
    assert_eq!(gathered(&["", "…", "?"]), []);
    assert_eq!(gathered(&[]), []);
    // However many there are, so many are looked at.
    assert_eq!(gathered(&["Fuel is dear"; TEXTS_MAX + 10])[0].0.len(), TEXTS_MAX);
    // Not how it is meant, but what it is about.
    assert_eq!(gathered(&["We have trucks", "We have no trucks", "Rice is wet"]).len(), 1);
    // Other scripts.
    let texts = ["الطريق إلى المدرسة بعيد", "المدرسة بعيدة عن القرية", "لا يوجد ماء", "河流中有塑料", "塑料在河流中"];
    let found = gathered(&texts);
    let members: Vec<Vec<usize>> = found.into_iter().map(|(members, _)| members).collect();
    assert_eq!(members, [vec![0, 1], vec![3, 4]]);
}

#[test]
fn names_are_the_same_in_whatever_case_and_signs() {
    assert!(is_same_name("Costs of fuel", " costs, of FUEL!") && is_same_name("e\u{301}cole", "École"));
    assert!(is_same_name("?!", " ?! ") && !is_same_name("?!", "!?") && !is_same_name("Roads", "Road"));
}

/// Texts out of all that may be trouble.
fn trouble() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(
        "aZ1#é \u{a0}\n\t\r\0\u{7f}\u{85}\u{ad}\u{301}\u{308}\u{323}\u{344}\u{34f}\u{489}\u{5d0}\u{5b7}\u{61c}\u{627}\
         \u{64b}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202e}\u{2028}\u{2066}\u{2060}\u{feff}\u{fe0f}\u{fe00}\
         \u{e0101}\u{e0067}\u{e007f}\u{1f3f4}\u{1f469}\u{1f3fd}\u{2764}\u{a9}\u{1f1f0}\u{1f1ea}\u{915}\u{94d}\u{937}\
         \u{93f}\u{d28}\u{1000}\u{103c}\u{1031}\u{1112}\u{1161}\u{11ab}\u{115f}\u{1160}\u{3164}\u{4e2d}\u{fb1d}\
         \u{fdd0}\u{fffe}\u{fffc}\u{600}\u{110bd}\u{2adc}\u{0958}\u{180b}\u{1820}\u{9c7}\u{9be}\u{e01}\u{e33}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let one = prop_oneof![4 => nasty, 1 => any::<char>()];
    prop::collection::vec(one, 0..40).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn cleaning_twice_changes_nothing_more(text in trouble()) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once);
    }

    #[test]
    fn cleaning_never_makes_longer(text in trouble()) {
        prop_assert!(chars(&clean(&text)) <= chars(&text), "{:?}", clean(&text));
    }

    #[test]
    fn what_is_clean_has_no_hidden_powers(text in trouble()) {
        let clean = clean(&text);
        let harmful = |char: char| {
            (char.is_control() && char != '\n')
                || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' | '\u{2060}')
        };
        prop_assert!(!clean.contains(harmful));
        prop_assert!(!clean.contains("\n\n\n"));
        prop_assert_eq!(clean.trim(), &clean);
    }

    #[test]
    fn no_letter_is_lost(text in "[a-zA-Z0-9.,;:!?äöüß\u{410}-\u{44f}\u{4e00}-\u{4e20} -]{0,60}") {
        prop_assert_eq!(clean(&text), text.trim());
    }

    #[test]
    fn likeness_is_even_handed(one in trouble(), other in trouble()) {
        let here = likeness(&one, &other);
        prop_assert!((0.0..=1.0).contains(&here));
        prop_assert!((here - likeness(&other, &one)).abs() < f64::EPSILON);
    }

    #[test]
    fn kin_are_bounded_and_the_same_each_time(texts in prop::collection::vec(trouble(), 0..12)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = kin(&texts);
        let all: Vec<usize> = found.iter().flat_map(|kin| kin.members.iter().copied()).collect();
        let unique: std::collections::BTreeSet<usize> = all.iter().copied().collect();
        prop_assert_eq!(unique.len(), all.len(), "a text lies in one heap");
        prop_assert!(all.iter().all(|nth| *nth < texts.len().min(TEXTS_MAX)));
        prop_assert!(found.iter().all(|kin| kin.members.len() > 1 && kin.word.as_ref().is_none_or(|word| !word.is_empty())));
        prop_assert_eq!(kin(&texts), found);
    }

    #[test]
    fn counting_never_fails(text in trouble()) {
        prop_assert!(sentences(&text) <= chars(&text));
    }
}
