//! Hosts put a text of their own in the place of a sitting's invitation.

use super::*;

fn invite(sitting: &str, text: &str) -> Act {
    Act::Word(WordAct::Instead { sitting: sitting.to_owned(), text: text.to_owned() })
}

impl Walk {
    /// What stands in the place of a sitting's invitation, as somebody sees it.
    fn invitation(&self, viewer: Viewer, sitting: &str) -> Option<String> {
        view(&self.board, viewer, self.now).shown().invitations.get(sitting).map(|word| word.text.clone())
    }

    fn said_about(&self, person: &str) -> Vec<&str> {
        let id = self.person(person);
        let said = |notice: &'_ Notice| matches!(notice, Notice::Tell { person, .. } if *person == id);
        let told = self.notices.iter().filter(|notice| said(notice));
        told.map(|notice| if let Notice::Tell { said, .. } = notice { said.key.as_str() } else { "" }).collect()
    }
}

fn rewordings(walk: &Walk) -> usize {
    walk.notices.iter().filter(|notice| matches!(notice, Notice::Reworded { .. })).count()
}

#[test]
fn hosts_word_an_invitation_before_and_while_it_is_open() {
    let mut walk = Walk::joined();
    walk.refused("Bea", &invite("give", "Mine"), "hosts-only");
    walk.refused("Ann", &invite("nothing", "Mine"), "unknown");
    walk.refused("Ann", &invite("give", &"a".repeat(601)), "too-long");
    walk.does("Ann", &invite("give", &"a".repeat(600)));
    walk.does("Ann", &invite("give", "Why are children hungry?"));
    assert_eq!(walk.invitation(Viewer::Room, "give"), None, "not before it opens");
    assert_eq!(walk.invitation(Viewer::Hosts, "give").as_deref(), Some("Why are children hungry?"));
    assert_eq!(rewordings(&walk), 0, "nothing stands there yet");
    walk.opens("give");
    assert_eq!(walk.invitation(Viewer::Room, "give").as_deref(), Some("Why are children hungry?"));
    assert_eq!(walk.invitation(Viewer::Outside, "give"), None);
    walk.does("Ann", &invite("give", "Why is nobody fed?"));
    assert_eq!(rewordings(&walk), 1);
    assert_eq!(walk.does("Ann", &invite("give", " Why is nobody fed? ")).said.key, "invitation-same");
    assert_eq!(rewordings(&walk), 1, "nothing changed");
    walk.does("Ann", &invite("give", ""));
    assert_eq!((rewordings(&walk), walk.invitation(Viewer::Hosts, "give")), (2, None));
    assert_eq!(walk.does("Ann", &invite("give", "")).said.key, "invitation-ours");
    walk.closes("give");
    walk.refused("Ann", &invite("give", "Too late"), "sitting-over");
}

#[test]
fn of_two_hosts_the_later_text_stands_and_the_other_is_told() {
    let mut walk = Walk::joined();
    let host = Act::Change { person: walk.person("Bea"), level: None, zone: None, host: Some(true), observer: None };
    walk.does("Ann", &host);
    walk.does("Ann", &invite("give", "Of Ann"));
    let reply = walk.does("Bea", &invite("give", "Of Bea"));
    assert_eq!((reply.said.key.as_str(), reply.said.with["name"].as_str()), ("invitation-kept-over", "Ann"));
    assert_eq!(walk.invitation(Viewer::Hosts, "give").as_deref(), Some("Of Bea"));
    assert_eq!(walk.said_about("Ann"), ["invitation-replaced"]);
    walk.does("Ann", &invite("give", ""));
    assert_eq!(walk.said_about("Bea"), ["invitation-undone"]);
    walk.does("Ann", &invite("give", "Of Ann"));
    walk.does("Ann", &invite("give", "Of Ann again"));
    assert_eq!(walk.said_about("Ann").len(), 1, "nobody is told of their own change");
}

#[test]
fn an_ask_opened_alone_leaves_the_sitting_to_come() {
    let mut walk = Walk::joined();
    let alone = Act::OpenAsk { ask: "causes".to_owned(), because: String::new(), slate: Vec::new(), about: Vec::new() };
    walk.does("Ann", &alone);
    walk.does("Ann", &invite("give", "Why?"));
    assert_eq!(rewordings(&walk), 0, "the sitting itself has no post");
    assert_eq!(walk.invitation(Viewer::Hosts, "give").as_deref(), Some("Why?"));
}
