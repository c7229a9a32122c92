//! Triads: the host has them made, reads who sits with whom, and lets people change places.

use std::collections::BTreeMap;

use serde_json::json;

use super::giving::unescaped;
use super::hand::{Done, Hand};
use super::host::{Pick, deed, said};

/// Groups by name: the names of those in them.
type Groups = BTreeMap<String, Vec<String>>;

/// Has the triads made, unless they are there by themselves, lets people change places until the groups are the
/// script's, and says that they stand.
pub async fn make(hand: &mut Hand<'_>, ask: &str, into: &BTreeMap<String, Vec<String>>) -> Done {
    let stage = hand.stage;
    let title = stage.title(ask);
    let Some((phase, _)) = stage.plan.sitting_of(ask) else { return Err(hand.lost(title)) };
    hand.command(&[&phase.key, ask], json!({})).await?;
    let mut made = shown(hand);
    let stand = !made.is_empty();
    if !stand {
        deed(hand, "triads", &[Pick::One(title.clone())], None).await?;
        hand.command(&[&phase.key, ask], json!({})).await?;
        made = shown(hand);
    }
    let name = |id: &String| stage.script.person(id).map_or(id.clone(), |person| person.name.clone());
    let wanted: Groups = into.iter().map(|(group, ids)| (group.clone(), ids.iter().map(name).collect())).collect();
    let Some(swaps) = swaps(&made, &wanted) else {
        return Err(hand.lost(format!("groups of the sizes that the script wants: {wanted:?}")));
    };
    for (one, other) in swaps {
        deed(hand, "swap", &[Pick::One(one), Pick::One(other)], None).await?;
        said(hand, "swapped")?;
    }
    if stand {
        return Ok(());
    }
    deed(hand, "triads-stand", &[Pick::One(title)], None).await?;
    said(hand, "groups-stand")
}

/// The groups on the screen: `**T1**: Amara Njeri (RWA), …`.
fn shown(hand: &Hand<'_>) -> Groups {
    let line = |line: &str| {
        let (name, members) = line.strip_prefix("**")?.split_once("**: ")?;
        let names = members.split(", ").map(|member| member.split(" (").next().unwrap_or_default().to_owned());
        Some((name.to_owned(), names.collect()))
    };
    unescaped(hand.text()).lines().filter_map(line).collect()
}

/// Who changes places with whom until the groups are as wanted, whatever they are called; none if the
/// sizes do not fit.
fn swaps(made: &Groups, wanted: &Groups) -> Option<Vec<(String, String)>> {
    let mut now: Vec<Vec<String>> = made.values().cloned().collect();
    let mut goals: Vec<&Vec<String>> = wanted.values().collect();
    // Each group becomes the wanted one of its size with which it shares most.
    let mut goal_of = Vec::new();
    for group in &now {
        let common = |goal: &&Vec<String>| group.iter().filter(|name| goal.contains(name)).count();
        let fits = goals.iter().enumerate().filter(|(_, goal)| goal.len() == group.len());
        let (at, _) = fits.max_by_key(|(_, goal)| common(goal))?;
        goal_of.push(goals.remove(at));
    }
    let mut swaps = Vec::new();
    for at in 0..now.len() {
        while let Some(comes) = goal_of[at].iter().find(|name| !now[at].contains(name)) {
            let from = now.iter().position(|group| group.contains(comes))?;
            let strange = |name: &&String| !goal_of[at].contains(*name);
            let goes = now[at].iter().filter(strange).max_by_key(|name| goal_of[from].contains(*name))?.clone();
            now[at].retain(|name| *name != goes);
            now[from].retain(|name| name != comes);
            now[at].push(comes.clone());
            now[from].push(goes.clone());
            swaps.push((comes.clone(), goes));
        }
    }
    Some(swaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Groups {
        let group =
            |(nth, members): (usize, &str)| (format!("T{nth}"), members.split(' ').map(str::to_owned).collect());
        text.split(" / ").enumerate().map(group).collect()
    }

    #[test]
    fn people_change_places_until_the_groups_are_as_wanted() {
        let made = groups("a b c / d e f / g h i j");
        for (wanted, most) in [
            ("a b c / d e f / g h i j", 0),
            ("d e f / a b c / i j g h", 0),
            ("a b d / c e f / g h i j", 1),
            ("a e i / b f g / c d h j", 6),
        ] {
            let swaps = swaps(&made, &groups(wanted)).unwrap();
            assert!(swaps.len() <= most, "{wanted}: {swaps:?}");
            let mut now = made.clone();
            for (one, other) in swaps {
                for group in now.values_mut() {
                    for name in group.iter_mut() {
                        *name = if *name == one {
                            other.clone()
                        } else if *name == other {
                            one.clone()
                        } else {
                            name.clone()
                        };
                    }
                }
            }
            let sorted = |groups: &Groups| {
                let mut all: Vec<Vec<String>> = groups
                    .values()
                    .cloned()
                    .map(|mut group| {
                        group.sort();
                        group
                    })
                    .collect();
                all.sort();
                all
            };
            assert_eq!(sorted(&now), sorted(&groups(wanted)));
        }
        assert_eq!(swaps(&made, &groups("a b / c d e f / g h i j")), None);
    }
}
