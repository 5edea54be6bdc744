//! `corroboration`: what several documents say alike, from how many independent roots, and who contests it. "Five documents
//! say so" means little if all five go back to one voice; this is where that is seen.

use super::{Run, View, voice};
use crate::compare::{Accounts, Compared, Verdict};
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{Cell, Document, Row, Snapshot, Statement, StatementId, Table};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The view.
pub const VIEW: View = View {
    name: "corroboration",
    about: "What several documents say alike, from how many independent roots, and who contests it",
    columns: &[
        ("claim", "the words of the first statement that says so"),
        ("documents", "documents that say so"),
        ("roots", "independent roots that are known: voices or authors, none of whom has it from another"),
        ("untold", "statements besides of which it cannot be told whether they are roots of their own"),
        ("goes back to", "the known roots"),
        ("contested by", "documents that contradict it"),
        ("contesting words", "the words of the first statement that contradicts it"),
        ("place", "path and code point of the first word, page where known"),
    ],
    run: Run::Beside(run),
};

/// A claim with what contradicts it.
struct Told<'a> {
    statements: Vec<&'a StatementId>,
    roots: Vec<String>,
    untold: usize,
    against: BTreeSet<(usize, &'a StatementId)>,
}

fn run(snapshot: &Snapshot, actors: &Actors, filter: &Filter, accounts: &Accounts) -> Table {
    let passing: HashSet<&StatementId> = filter.select(snapshot, actors).into_iter().map(|(_, s)| s.id()).collect();
    let known: HashMap<&StatementId, (usize, &Document, &Statement)> =
        snapshot.statements().enumerate().map(|(n, (d, s))| (s.id(), (n, d, s))).collect();
    let mut places = voice::Places::default();
    let mut table = super::table(&VIEW);
    let mut rows = Vec::new();
    for told in claims(&accounts.compared, &known) {
        if !told.statements.iter().any(|id| passing.contains(id)) {
            continue;
        }
        let of = |ids: &mut dyn Iterator<Item = &&StatementId>| -> BTreeSet<&str> {
            ids.filter_map(|id| known.get(*id)).map(|(_, d, _)| d.id.as_str()).collect()
        };
        let Some((place, document, statement)) = told.statements.first().and_then(|id| known.get(*id)) else {
            continue;
        };
        let agreed = of(&mut told.statements.iter()).len();
        let contested = of(&mut told.against.iter().map(|(_, id)| id)).len();
        let words = told.against.first().and_then(|(_, id)| known.get(*id)).map(|(.., s)| voice::one_line(&s.text()));
        let span = statement.evidence().first().map_or(statement.sentence(), |w| w.span);
        let cells = vec![
            voice::one_line(&statement.text()).into(),
            agreed.into(),
            told.roots.len().into(),
            told.untold.into(),
            told.roots.join("; ").into(),
            contested.into(),
            Cell::maybe(words),
            places.of(document, span).into(),
        ];
        let behind = told.statements.iter().copied().chain(told.against.iter().map(|(_, id)| *id)).cloned().collect();
        rows.extend(
            Row::new(cells, behind)
                .map(|row| ((std::cmp::Reverse((contested > 0, agreed, told.roots.len())), *place), row)),
        );
    }
    rows.sort_by_key(|(rank, _)| *rank);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    table
        .notes
        .push("unnamed voices are no roots; that no common source is seen is no proof that there is none".to_owned());
    table
}

/// Claims of several statements, and statements that somebody contradicts.
fn claims<'a>(
    compared: &'a Compared,
    known: &HashMap<&StatementId, (usize, &'a Document, &'a Statement)>,
) -> Vec<Told<'a>> {
    let place = |id: &StatementId| known.get(id).map_or(usize::MAX, |(n, ..)| *n);
    let mut against: BTreeMap<&StatementId, BTreeSet<(usize, &StatementId)>> = BTreeMap::new();
    for clash in compared.comparisons.iter().filter(|c| c.verdict == Verdict::Contradict && c.a != c.b) {
        against.entry(&clash.a).or_default().insert((place(&clash.b), &clash.b));
        against.entry(&clash.b).or_default().insert((place(&clash.a), &clash.a));
    }
    let mut all = Vec::new();
    let mut claimed: HashSet<&StatementId> = HashSet::new();
    for claim in &compared.claims {
        let statements: Vec<&StatementId> = claim.statements.iter().collect();
        claimed.extend(&statements);
        // Who is on the claim's own side does not contest it.
        let opposed = statements.iter().filter_map(|id| against.get(*id)).flatten();
        let opposed = opposed.filter(|(_, id)| !claim.statements.contains(id)).copied().collect();
        all.push(Told { statements, roots: claim.roots.clone(), untold: claim.untold, against: opposed });
    }
    for (id, opposed) in against.iter().filter(|(id, _)| !claimed.contains(*id)) {
        let statement = compared.alone.get(*id);
        let (roots, untold) = statement.map_or((Vec::new(), 0), |claim| (claim.roots.clone(), claim.untold));
        all.push(Told { statements: vec![id], roots, untold, against: opposed.clone() });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};
    use rashomon_core::MentionKind;

    #[test]
    fn what_goes_back_to_one_voice_has_one_root_however_many_say_it() {
        let told = |path: &str, voice: &str| {
            let text = format!("{voice} said that shells struck the Meteor.");
            Told::new(path, &text).name("Tom Reed", MentionKind::Person).name("Meteor", MentionKind::Other).says(
                "struck",
                "strike",
                &[("subject", "shells"), ("object", "the Meteor")],
                &["Tom Reed"],
            )
        };
        let own = Told::new("c.txt", "By noon all were gone. Shells hit the Meteor.")
            .by("Anne Lowry")
            .name("Meteor", MentionKind::Other)
            .says("hit", "hit", &[("subject", "Shells"), ("object", "the Meteor")], &[]);
        let snapshot = snapshot(&[told("a.txt", "Tom Reed"), told("b.txt", "Later Tom Reed"), own]);
        let table = VIEW.run(&snapshot, &Actors::resolve(&snapshot), &Filter::default());
        let cells: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells[1..6], ["3", "2", "0", "Tom Reed; Anne Lowry", "0"], "{cells:?}");
        assert_eq!(table.rows[0].statements().len(), 3);
    }
}
