//! `balance`: how hostile or cooperative each actor is said to be towards another, year by year. An event counts once,
//! however many accounts tell it; what is asserted, reported and disputed is counted apart; a figure that rests on one
//! root says so.

use super::timeline::{manner, named_root, statement_of};
use super::{Run, View};
use crate::events::{Account, Case, Coder, Happening, Quad, happenings};
use crate::filter::Filter;
use crate::resolve::{Actor, ActorId, Actors};
use rashomon_core::{Cell, Row, Snapshot, StatementId, Table};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

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
    run: Run::Alone(|snapshot, actors, filter| coded(snapshot, actors, filter, &Coder::bundled())),
};

/// What is counted of a pair of actors in a year.
#[derive(Debug, Default)]
struct Cellar<'a> {
    quads: [usize; 4],
    score: f64,
    asserted: usize,
    reported: usize,
    disputed: usize,
    /// Named voices, and documents on whose authors' own word it stands.
    roots: BTreeSet<&'a Root>,
    statements: Vec<&'a StatementId>,
}

/// On whose word an account stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    /// That of the author of the document in this place.
    Author(usize),
    /// That of a named voice.
    Named(String),
}

/// What an event adds to each window in which it counts.
#[derive(Debug)]
struct Tally {
    quad: usize,
    score: f64,
    asserted: bool,
    reported: bool,
    disputed: bool,
    /// Its accounts among those of its part.
    accounts: Range<usize>,
}

/// A part of the events, counted: one tally an event, and the statement and root of each account.
#[derive(Default)]
struct Part<'a> {
    entries: Vec<Entry>,
    loose: usize,
    tallies: Vec<Tally>,
    accounts: Vec<(&'a StatementId, Root)>,
}

/// Events of a part.
const PART: usize = 8_192;

/// Source and target by their places in the order of names, the year as its four letters (0 where no account tells it), and
/// the event's place: all that must be sorted, and small.
type Entry = (u32, u32, u32, u32);

/// The view with a coder of one's own.
pub fn coded(snapshot: &Snapshot, actors: &Actors, filter: &Filter, coder: &Coder) -> Table {
    sliced(snapshot, actors, &Case::of(snapshot, actors, filter, coder))
}

/// The view of a case that was gathered before. Each event is looked at once, in the order of the accounts; then only
/// small entries are sorted into windows of one pair and year, and each window is summed up by itself, on all cores.
pub fn sliced(snapshot: &Snapshot, actors: &Actors, case: &Case) -> Table {
    let mut order: Vec<&Actor> = actors.iter().collect();
    order.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let places: HashMap<&ActorId, u32> = order.iter().zip(0..).map(|(a, n)| (&a.id, n)).collect();
    let all = happenings(&case.accounts, actors);
    let case = Counter { snapshot, actors, case, places };
    let mut parts: Vec<Part<'_>> =
        all.par_chunks(PART).enumerate().map(|(number, events)| case.part(events, number * PART)).collect();
    let loose: usize = parts.iter().map(|part| part.loose).sum();
    let mut entries: Vec<Entry> = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.entries)).collect();
    entries.par_sort_unstable();
    let windows: Vec<&[Entry]> = entries.chunk_by(|x, y| (x.0, x.1, x.2) == (y.0, y.1, y.2)).collect();
    let name = |place: u32| order.get(place as usize).map_or("", |actor| actor.name.as_str());
    let row = |window: &&[Entry]| {
        let (source, target, year, _) = *window.first()?;
        let mut cellar = Cellar::default();
        for event in window.iter().map(|entry| entry.3 as usize) {
            let part = parts.get(event / PART)?;
            cellar.take(part, part.tallies.get(event % PART)?);
        }
        let year = year.to_be_bytes();
        row_of((name(source), name(target), std::str::from_utf8(&year).ok().filter(|y| !y.starts_with('\0'))), cellar)
    };
    let mut table = super::table(&VIEW);
    table.rows = windows.par_iter().filter_map(row).collect();
    if loose > 0 {
        table.notes.push(format!("left out: {loose} events of which one side is nobody known by name"));
    }
    table
}

/// Counts the events of a case.
struct Counter<'a> {
    snapshot: &'a Snapshot,
    actors: &'a Actors,
    case: &'a Case,
    places: HashMap<&'a ActorId, u32>,
}

impl<'a> Counter<'a> {
    /// The events of a part that begins at a place.
    fn part(&self, events: &[Happening], start: usize) -> Part<'a> {
        let mut part = Part::default();
        let (mut told, mut pairs) = (Vec::new(), Vec::new());
        for (event, n) in events.iter().zip(start..) {
            told.clear();
            let accounts = event.accounts.iter().filter_map(|n| self.case.accounts.get(*n));
            told.extend(accounts.filter(|a| a.coded.is_some() && counts(a)));
            self.pairs_of(&told, &mut pairs);
            part.loose += usize::from(pairs.is_empty() && !told.is_empty());
            let year = told.iter().filter_map(|a| year_of(a)).min().map_or(0, u32::from_be_bytes);
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            part.entries.extend(pairs.iter().map(|(source, target)| (*source, *target, year, n)));
            self.tally(&told, &mut part);
        }
        part
    }

    /// Who acts towards whom in the accounts of one event; of what is done together each towards each.
    fn pairs_of(&self, accounts: &[&Account], pairs: &mut Vec<(u32, u32)>) {
        pairs.clear();
        for account in accounts {
            for source in account.source.iter().filter_map(|id| self.places.get(id)) {
                let targets = account.target.iter().filter_map(|id| self.places.get(id));
                pairs.extend(targets.filter(|target| *target != source).map(|target| (*source, *target)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
    }

    fn tally(&self, accounts: &[&'a Account], part: &mut Part<'a>) {
        let first = part.accounts.len();
        let coded = || accounts.iter().filter_map(|a| a.coded.as_ref());
        let quad = coded().next().and_then(|c| Quad::ALL.iter().position(|q| *q == c.quad));
        let (mut asserted, mut reported, mut disputed) = (false, false, false);
        for (_, statement, account) in accounts.iter().filter_map(|a| statement_of(self.snapshot, a)) {
            match manner(statement, account) {
                "asserted" => asserted = true,
                "reported" => reported = true,
                _ => disputed = true,
            }
            let named = named_root(self.actors, statement, account);
            part.accounts.push((statement.id(), named.map_or(Root::Author(account.document), Root::Named)));
        }
        part.tallies.push(Tally {
            quad: quad.unwrap_or(usize::MAX),
            score: coded().map(|c| c.intensity).sum::<f64>() / accounts.len().max(1) as f64,
            asserted,
            reported: reported && !asserted,
            disputed,
            accounts: first..part.accounts.len(),
        });
    }
}

impl<'a> Cellar<'a> {
    fn take(&mut self, part: &'a Part<'_>, tally: &Tally) {
        if let Some(count) = self.quads.get_mut(tally.quad) {
            *count += 1;
        }
        self.score += tally.score;
        self.asserted += usize::from(tally.asserted);
        self.reported += usize::from(tally.reported);
        self.disputed += usize::from(tally.disputed);
        for (statement, root) in part.accounts.get(tally.accounts.clone()).unwrap_or_default() {
            self.roots.insert(root);
            self.statements.push(statement);
        }
    }
}

fn row_of((source, target, year): (&str, &str, Option<&str>), mut cellar: Cellar<'_>) -> Option<Row> {
    let events: usize = cellar.quads.iter().sum();
    let mut cells: Vec<Cell> = vec![source.into(), target.into(), Cell::maybe(year), events.into()];
    cells.extend(cellar.quads.iter().map(|n| Cell::from(*n)));
    cells.extend([
        Cell::Number(cellar.score / events.max(1) as f64),
        cellar.asserted.into(),
        cellar.reported.into(),
        cellar.disputed.into(),
        cellar.roots.len().into(),
        Cell::maybe((cellar.roots.len() == 1).then_some("one root")),
    ]);
    cellar.statements.sort_unstable();
    cellar.statements.dedup();
    Row::new(cells, cellar.statements.into_iter().cloned().collect())
}

/// Whether an account tells of something that happened, or denies that it did.
fn counts(account: &Account) -> bool {
    !account.marks.future && !account.marks.hypothetical
}

fn year_of(account: &Account) -> Option<[u8; 4]> {
    let when = account.when.as_deref().filter(|_| account.interval.is_some())?;
    let year = when.as_bytes().first_chunk::<4>()?;
    year.iter().all(|b| b.is_ascii_digit() || *b == b'X').then_some(*year)
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
