//! Moves of what stands beside cards and windows: versions, groups, links, nudges, words, approvals, wishes.

use std::collections::BTreeSet;

use jointpath::path::approval::{On, Verdict};
use jointpath::path::nudge::{Fact, Wish};
use jointpath::path::plan::LinkKind;
use jointpath::path::{
    Approval, ApprovalId, Board, CardId, Change, Cluster, ClusterId, Entered, Gathered, Heading, Joint, LinkId, Nudge,
    Plea, PleaId, Reach, Release, ReleaseId, Scope, Share, ShareId, Stage, Version, VersionId, Via, Word,
};

use crate::store_moves::{Move, a_card, a_partner, a_person, giver, maybe, new, pick, some, time};

pub(crate) fn version(board: &Board, step: &Move) -> Version {
    let cards = (0..step.other % 4).map(|skip| (a_card(board, step.one + skip * 2), u32::MAX - 1));
    Version {
        id: VersionId(board.next),
        nth: maybe(step, 0, 3),
        label: step.words.clone(),
        despite: step.words.clone(),
        cards: cards.rev().collect(),
        aside: (0..step.one % 3).map(|skip| (a_card(board, step.other + skip), 2)).collect(),
        merged: (0..step.other % 3)
            .map(|skip| (a_card(board, step.one + skip), 1, a_card(board, step.other)))
            .collect(),
        joints: (0..step.one % 4)
            .map(|skip| Joint {
                link: LinkId(board.next + 7),
                kind: *some(&[LinkKind::Under, LinkKind::MadeFrom], skip),
                from: a_card(board, step.other + skip),
                to: a_card(board, step.one),
            })
            .collect(),
        gathered: pick(&board.clusters, step.one)
            .map(|cluster| Gathered { cluster: cluster.id, heading: 7, cards: cluster.cards.clone() })
            .into_iter()
            .collect(),
        at: time(step),
    }
}

/// A new group of cards, or one that is called otherwise, has other cards, or is dissolved. A card lies in one.
pub(crate) fn cluster(board: &Board, step: &Move) -> Vec<Change> {
    let known = pick(&board.clusters, step.one).filter(|_| step.number.is_multiple_of(3));
    let id = known.map_or(ClusterId(board.next), |cluster| cluster.id);
    let others = board.clusters.values().filter(|other| other.id != id && other.dissolved.is_none());
    let taken: BTreeSet<CardId> = others.flat_map(|other| other.cards.iter().copied()).collect();
    let chosen: BTreeSet<CardId> = (0..step.other % 5).map(|skip| a_card(board, step.one + skip * 3)).collect();
    let cards: BTreeSet<CardId> = chosen.difference(&taken).copied().collect();
    let heading = Heading { name: step.words.clone(), by: maybe(step, 1, a_person(board, step.one)), at: time(step) };
    let mut headings = known.map(|cluster| cluster.headings.clone()).unwrap_or_default();
    headings.push(heading);
    let cluster = Cluster {
        id,
        source: "tell".to_owned(),
        headings,
        out: chosen.difference(&cards).copied().collect(),
        cards,
        by: maybe(step, 2, a_person(board, step.other)),
        at: time(step),
        dissolved: maybe(step, 3, time(step)),
    };
    new(board, Change::Cluster(cluster))
}

/// A new link, or one that is taken back. Hashes are all different, in whichever partnership.
pub(crate) fn share(board: &Board, step: &Move) -> Vec<Change> {
    if let Some(share) = pick(&board.shares, step.one).filter(|_| step.number.is_multiple_of(3)) {
        return vec![Change::Share(Share { revoked: Some(time(step)), ..share.clone() })];
    }
    let share = Share {
        id: ShareId(board.next),
        scope: *some(&[Scope::Partners, Scope::Outside], step.other),
        hash: format!("{} {} {}", board.partnership.id, board.next, step.words),
        by: a_person(board, step.one),
        at: time(step),
        until: time(step),
        revoked: maybe(step, 0, time(step)),
    };
    new(board, Change::Share(share))
}

pub(crate) fn entered(board: &Board, step: &Move) -> Vec<Change> {
    if let Some(row) = board.entered.values().next().filter(|_| step.number.is_multiple_of(3)) {
        return vec![Change::EnteredGone { window: row.window, giver: row.giver }];
    }
    let Some(window) = pick(&board.windows, step.one) else { return Vec::new() };
    let (giver, by) = (giver(board, step), a_person(board, step.other));
    let via = *some(&[Via::Live, Via::Phone], step.one);
    vec![Change::Entered(Entered { window: window.id, giver, by, via, at: time(step) })]
}

pub(crate) fn approval(board: &Board, step: &Move) -> Vec<Change> {
    if let Some(id) = pick(&board.approvals, step.one).map(|one| one.id).filter(|_| step.number.is_multiple_of(4)) {
        return vec![Change::ApprovalGone(id)];
    }
    let window = pick(&board.windows, step.other).filter(|_| step.number.is_multiple_of(2));
    let verdict = Verdict {
        yes: step.ends_act,
        reason: step.words.clone(),
        by: maybe(step, 3, a_person(board, step.other)),
        behalf: step.one.is_multiple_of(2),
        at: time(step),
    };
    let known = pick(&board.approvals, step.one).filter(|_| step.number.is_multiple_of(3));
    let approval = Approval {
        id: known.map_or(ApprovalId(board.next), |one| one.id),
        on: window.map_or_else(|| On::Card(a_card(board, step.one)), |window| On::Answers(window.id)),
        partner: a_partner(board, step.one),
        by: maybe(step, 1, a_person(board, step.one)),
        until: time(step).date_naive(),
        at: time(step),
        told: maybe(step, 2, time(step)),
        verdict: maybe(step, 4, verdict),
    };
    new(board, Change::Approval(approval))
}

pub(crate) fn plea(board: &Board, step: &Move) -> Vec<Change> {
    if let Some(id) = pick(&board.pleas, step.one).map(|plea| plea.id).filter(|_| step.number.is_multiple_of(4)) {
        return vec![Change::PleaGone(id)];
    }
    let Some(decision) = board.decisions.get(step.other % board.decisions.len().max(1)) else { return Vec::new() };
    let known = pick(&board.pleas, step.one).filter(|_| step.number.is_multiple_of(3));
    let opened = pick(&board.windows, step.other).map(|window| window.id).filter(|_| step.number.is_multiple_of(2));
    let plea = Plea {
        id: known.map_or(PleaId(board.next), |plea| plea.id),
        decision: decision.id,
        by: maybe(step, 1, a_person(board, step.one)),
        reason: step.words.clone(),
        at: time(step),
        opened,
    };
    new(board, Change::Plea(plea))
}

pub(crate) fn word(board: &Board, step: &Move) -> Change {
    let sitting = some(&["first", "second"], step.other).to_string();
    let word = Word { sitting, by: a_person(board, step.one), text: step.words.clone(), at: time(step) };
    match step.number.rem_euclid(5) {
        0 => Change::WordGone(word.sitting),
        1 => Change::InvitationGone(word.sitting),
        2 | 3 => Change::Invitation(word),
        _ => Change::Word(word),
    }
}

pub(crate) fn release(board: &Board, step: &Move) -> Release {
    let sections = (0..step.other % 3).map(|nth| format!("{nth} {}", step.words)).collect();
    Release { id: ReleaseId(board.next), sections, by: a_person(board, step.one), at: time(step) }
}

/// Something about nudges.
pub(crate) fn nudging(board: &Board, step: &Move) -> Fact {
    let (person, at, sitting) = (a_person(board, step.one), time(step), step.words.clone());
    match step.number % 5 {
        0 => match board.nudging.nudges.first() {
            Some(nudge) => Fact::Unsaid { person: nudge.person, at: nudge.at },
            None => Fact::Unsaid { person, at },
        },
        1 => Fact::Told { sitting, at },
        2 => Fact::Wish(Wish { person, sitting, day: at.date_naive(), at }),
        3 => Fact::Reach { person, reach: *some(&[Reach::Room, Reach::Direct, Reach::Nowhere], step.other) },
        _ => Fact::Nudged(Nudge { person, at, sitting, stage: *some(&[Stage::Half, Stage::Late], step.other) }),
    }
}
