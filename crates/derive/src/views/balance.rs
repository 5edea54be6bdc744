//! `balance`: how hostile or cooperative each actor is said to be towards another, year by year. An event counts once,
//! however many accounts tell it; what is asserted, reported and disputed is counted apart; a figure that rests on one
//! root says so.

use super::View;
use super::timeline::{manner, named_root, names, statement_of};
use crate::events::{Account, Case, Coder, Quad, happenings};
use crate::filter::Filter;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{Cell, Row, Snapshot, StatementId, Table};
use std::collections::{BTreeSet, HashMap};

/// The view.
pub const VIEW: View = View {
    name: "balance",
    about: "How hostile or cooperative each actor is said to be towards another, year by year",
    columns: &[
        ("source", "who acts"),
        ("target", "towards whom"),
        ("period", "year of the event as stated; nothing where no account dates it"),
        ("events", "how many, each counted once"),
        ("verbal cooperation", "events of this quad"),
        ("material cooperation", "events of this quad"),
        ("verbal conflict", "events of this quad"),
        ("material conflict", "events of this quad"),
        ("mean score", "from -10 (conflict) to +10 (cooperation), the mean over events"),
        ("asserted", "events that some author tells as so"),
        ("reported", "events told only on somebody's word"),
        ("disputed", "events that some account denies or keeps away from"),
        ("roots", "how many independent voices stand behind it"),
        ("note", "`one root` where all of it goes back to one voice"),
    ],
    run: |snapshot, actors, filter| coded(snapshot, actors, filter, &Coder::bundled()),
};

/// What is counted of a pair of actors in a year.
#[derive(Debug, Clone, Default)]
struct Cellar {
    quads: [usize; 4],
    score: f64,
    asserted: usize,
    reported: usize,
    disputed: usize,
    /// Named voices, and documents on whose authors' own word it stands.
    roots: BTreeSet<String>,
    authors: BTreeSet<usize>,
    statements: Vec<StatementId>,
}

impl Cellar {
    fn roots(&self) -> usize {
        self.roots.len() + self.authors.len()
    }
}

/// Source, target and year.
type Window = (ActorId, ActorId, Option<String>);

/// The view with a coder of one's own.
pub fn coded(snapshot: &Snapshot, actors: &Actors, filter: &Filter, coder: &Coder) -> Table {
    sliced(snapshot, actors, &Case::of(snapshot, actors, filter, coder))
}

/// The view of a case that was gathered before.
pub fn sliced(snapshot: &Snapshot, actors: &Actors, case: &Case) -> Table {
    let mut windows: HashMap<Window, Cellar> = HashMap::new();
    let mut loose = 0;
    for happening in happenings(&case.accounts, actors) {
        let accounts = happening.accounts.iter().filter_map(|n| case.accounts.get(*n));
        let told: Vec<&Account> = accounts.filter(|a| a.coded.is_some() && counts(a)).collect();
        let pairs = pairs_of(&told);
        if pairs.is_empty() {
            loose += usize::from(!told.is_empty());
            continue;
        }
        let year = told.iter().filter_map(|a| year_of(a)).min();
        for (source, target) in pairs {
            take(windows.entry((source, target, year.clone())).or_default(), snapshot, actors, &told);
        }
    }
    let name = |id: &ActorId| names(actors, std::iter::once(id));
    let mut order: Vec<(&Window, &Cellar)> = windows.iter().collect();
    order.sort_by_cached_key(|((a, b, year), _)| (name(a), name(b), year.clone(), a.clone(), b.clone()));
    let mut table = super::table(&VIEW);
    for ((source, target, year), cellar) in order {
        let events: usize = cellar.quads.iter().sum();
        let mut cells: Vec<Cell> =
            vec![name(source).into(), name(target).into(), Cell::maybe(year.clone()), events.into()];
        cells.extend(cellar.quads.iter().map(|n| Cell::from(*n)));
        cells.extend([
            Cell::Number(cellar.score / events.max(1) as f64),
            cellar.asserted.into(),
            cellar.reported.into(),
            cellar.disputed.into(),
            cellar.roots().into(),
            Cell::maybe((cellar.roots() == 1).then_some("one root")),
        ]);
        table.rows.extend(Row::new(cells, cellar.statements.clone()));
    }
    if loose > 0 {
        table.notes.push(format!("left out: {loose} events of which one side is nobody known by name"));
    }
    table
}

/// Whether an account tells of something that happened, or denies that it did.
fn counts(account: &Account) -> bool {
    !account.marks.future && !account.marks.hypothetical
}

fn year_of(account: &Account) -> Option<String> {
    let when = account.when.as_deref().filter(|_| account.interval.is_some())?;
    when.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit() || b == b'X')).map(str::to_owned)
}

/// Who acts towards whom in the accounts of one event; of what is done together each towards each.
fn pairs_of(accounts: &[&Account]) -> Vec<(ActorId, ActorId)> {
    let mut pairs = Vec::new();
    for account in accounts {
        for source in &account.source {
            for target in account.target.iter().filter(|t| *t != source) {
                pairs.push((source.clone(), target.clone()));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn take(cellar: &mut Cellar, snapshot: &Snapshot, actors: &Actors, accounts: &[&Account]) {
    let Some(event) = accounts.iter().find_map(|a| a.coded.as_ref()) else { return };
    if let Some(count) = Quad::ALL.iter().position(|q| *q == event.quad).and_then(|n| cellar.quads.get_mut(n)) {
        *count += 1;
    }
    let scores = accounts.iter().filter_map(|a| a.coded.as_ref()).map(|c| c.intensity);
    cellar.score += scores.sum::<f64>() / accounts.len().max(1) as f64;
    let (mut asserted, mut reported, mut disputed) = (false, false, false);
    for (_, statement, account) in accounts.iter().filter_map(|a| statement_of(snapshot, a)) {
        match manner(statement, account) {
            "asserted" => asserted = true,
            "reported" => reported = true,
            _ => disputed = true,
        }
        match named_root(actors, statement, account) {
            Some(name) => drop(cellar.roots.insert(name)),
            None => drop(cellar.authors.insert(account.document)),
        }
        cellar.statements.push(statement.id().clone());
    }
    cellar.asserted += usize::from(asserted);
    cellar.reported += usize::from(reported && !asserted);
    cellar.disputed += usize::from(disputed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn an_event_told_twice_counts_once_and_one_root_is_said() {
        let snapshot = testing::read(&[
            ("a.txt", "1936", "Italy attacked Ethiopia on 3 October 1935. France condemned Italy in 1935."),
            (
                "b.txt",
                "1940",
                "Italy invaded Ethiopia on 3 October 1935. Italy did not attack Ethiopia on 3 October 1935.",
            ),
        ]);
        let Some(snapshot) = snapshot else { return };
        let table = coded(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Coder::bundled());
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|r| r.cells().iter().map(ToString::to_string).collect()).collect();
        let war = rows.iter().find(|r| r[0] == "Italy" && r[1] == "Ethiopia").unwrap();
        assert_eq!(war[2..9], ["1935", "1", "0", "0", "0", "1", "-9.000"]);
        assert_eq!(war[9..12], ["1", "0", "1"]);
        assert_eq!(war[12..], ["2", ""]);
        let blame = rows.iter().find(|r| r[0] == "France").unwrap();
        assert_eq!(blame[13], "one root");
    }
}
