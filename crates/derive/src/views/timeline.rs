//! `timeline`: what happened when, by whose account, with the precision that the words have. Accounts that date one event
//! differently stand side by side in its row.

use super::{Run, View, voice};
use crate::events::{Account, Case, Coder, Interval, happenings};
use crate::filter::Filter;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{Calendar, Document, Row, Snapshot, Statement, StatementId, Table, Voice};
use std::collections::{BTreeMap, BTreeSet};

/// The view.
pub const VIEW: View = View {
    name: "timeline",
    about: "What happened when, by whose account, with the precision that the words have",
    columns: &[
        ("when", "EDTF, of the most precise account"),
        ("precision", "day, days, month, year or interval"),
        ("event", "type by PLOVER with its mode; nothing where no rule codes the words"),
        ("source", "who did it, where known"),
        ("target", "to whom, where known"),
        ("what", "the words of one account"),
        ("documents", "how many tell it"),
        ("dates", "each date with the documents that give it, and the words where their calendar is not the Gregorian"),
        ("told as", "asserted by an author, reported on somebody's word, disputed; future, hypothetical or historical"),
        ("on the word of", "the innermost voices"),
    ],
    run: Run::Alone(|snapshot, actors, filter| coded(snapshot, actors, filter, &Coder::bundled())),
};

/// The view with a coder of one's own.
pub fn coded(snapshot: &Snapshot, actors: &Actors, filter: &Filter, coder: &Coder) -> Table {
    let case = Case::of(snapshot, actors, filter, coder);
    let mut rows: Vec<(Interval, Row)> = Vec::new();
    let mut undated = 0;
    for happening in happenings(&case.accounts, actors) {
        let accounts: Vec<&Account> = happening.accounts.iter().filter_map(|n| case.accounts.get(*n)).collect();
        match dated(snapshot, actors, &accounts) {
            Some(row) => rows.push(row),
            None => undated += 1,
        }
    }
    rows.sort_by(|(a, x), (b, y)| {
        (a.first, a.last).cmp(&(b.first, b.last)).then_with(|| x.statements().cmp(y.statements()))
    });
    let mut table = super::table(&VIEW);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    if undated > 0 {
        table.notes.push(format!("left out: {undated} events that no account dates"));
    }
    table
}

/// A timeline as TimelineJS reads it (timeline.knightlab.com): each row an event with its dates, its words and who tells it.
pub fn timelinejs(table: &Table) -> serde_json::Value {
    let date = |day: String, parts: usize| {
        let mut fields = serde_json::Map::new();
        for (name, value) in ["year", "month", "day"].into_iter().zip(day.split('-')).take(parts) {
            fields.insert(name.to_owned(), value.trim_start_matches('0').into());
        }
        serde_json::Value::Object(fields)
    };
    let event = |row: &Row| {
        let cell = |name: &str| {
            let at = table.columns.iter().position(|c| *c == name);
            at.and_then(|at| row.cells().get(at)).map(ToString::to_string).unwrap_or_default()
        };
        let interval = Interval::of(&cell("when"))?;
        // An open end has no date to draw; the other end stands for it.
        let first = if interval.first == i64::MIN { interval.last } else { interval.first };
        let last = if interval.last == i64::MAX { interval.first } else { interval.last };
        let when = cell("when");
        let parts = when.split(['/', 'T']).next().map_or(1, |date| date.split('-').count()).min(3);
        Some(serde_json::json!({
            "start_date": date(Interval::iso(first), parts), "end_date": date(Interval::iso(last), parts),
            "text": {"headline": cell("what"), "text": cell("dates")}, "group": cell("event"),
            "on_the_word_of": cell("on the word of"), "told_as": cell("told as"), "edtf": cell("when"),
            "statements": row.statements(),
        }))
    };
    serde_json::json!({"events": table.rows.iter().filter_map(event).collect::<Vec<_>>()})
}

fn dated(snapshot: &Snapshot, actors: &Actors, accounts: &[&Account]) -> Option<(Interval, Row)> {
    let shown = accounts.iter().filter(|a| a.interval.is_some()).min_by_key(|a| {
        let length = a.interval.map_or(i64::MAX, |i| i.last.saturating_sub(i.first));
        (length, a.document, a.statement)
    })?;
    let interval = shown.interval?;
    let told: Vec<(&Document, &Statement, &Account)> =
        accounts.iter().filter_map(|a| statement_of(snapshot, a)).collect();
    let event = accounts.iter().find_map(|a| a.coded.as_ref()).map(|c| match &c.mode {
        Some(mode) => format!("{} {mode}", c.code),
        None => c.code.to_string(),
    });
    let documents: BTreeSet<usize> = accounts.iter().map(|a| a.document).collect();
    let words = told.iter().find(|(_, _, a)| std::ptr::eq(*a, *shown)).map(|(_, s, _)| voice::one_line(&s.text()));
    let cells = vec![
        shown.when.clone().unwrap_or_default().into(),
        interval.precision().into(),
        rashomon_core::Cell::maybe(event),
        names(actors, accounts.iter().flat_map(|a| &a.source)).into(),
        names(actors, accounts.iter().flat_map(|a| &a.target)).into(),
        words.unwrap_or_default().into(),
        documents.len().into(),
        dates(&told).into(),
        told_as(&told).into(),
        voices(actors, &told).into(),
    ];
    let ids: Vec<StatementId> = told.iter().map(|(_, s, _)| s.id().clone()).collect();
    Row::new(cells, ids).map(|row| (interval, row))
}

/// The document and statement of an account.
pub(crate) fn statement_of<'a>(
    snapshot: &'a Snapshot,
    account: &'a Account,
) -> Option<(&'a Document, &'a Statement, &'a Account)> {
    let (document, reading) = snapshot.documents.get(account.document)?;
    Some((document, reading.statements.get(account.statement)?, account))
}

/// Names of actors, each once, in the order of the alphabet.
pub(super) fn names<'a>(actors: &Actors, ids: impl Iterator<Item = &'a ActorId>) -> String {
    let all: BTreeSet<&str> = ids.filter_map(|id| actors.get(id)).map(|a| a.name.as_str()).collect();
    all.into_iter().collect::<Vec<_>>().join(", ")
}

fn dates(told: &[(&Document, &Statement, &Account)]) -> String {
    let mut all: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for (document, statement, account) in told {
        let Some(when) = account.when.clone() else { continue };
        let time = statement.claim().time.as_ref().filter(|t| t.calendar != Calendar::Gregorian);
        let words = time.map_or(String::new(), |t| format!(" (“{}”, {})", voice::one_line(&t.words.text), t.calendar));
        all.entry((when, words)).or_default().insert(document.name());
    }
    let one = |((when, words), documents): (&(String, String), &BTreeSet<&str>)| {
        format!("{when}{words}: {}", documents.iter().copied().collect::<Vec<_>>().join(", "))
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// How an account tells it: `asserted`, `reported` or `disputed`.
pub(crate) fn manner(statement: &Statement, account: &Account) -> &'static str {
    use rashomon_core::Stance::{Denies, Distances};
    let outer = account.coded.as_ref().and_then(|c| c.link).unwrap_or(usize::MAX);
    let chain = statement.chain();
    let links = chain.get(..outer.min(chain.len())).unwrap_or(chain);
    if account.marks.negated || links.iter().any(|l| matches!(l.stance, Denies | Distances)) {
        return "disputed";
    }
    if links.len() > 1 { "reported" } else { "asserted" }
}

fn told_as(told: &[(&Document, &Statement, &Account)]) -> String {
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for (_, statement, account) in told {
        all.insert(manner(statement, account));
        let marks = account.marks;
        all.extend(
            [(marks.future, "future"), (marks.hypothetical, "hypothetical"), (marks.historical, "historical")]
                .into_iter()
                .filter(|(set, _)| *set)
                .map(|(_, word)| word),
        );
    }
    all.into_iter().collect::<Vec<_>>().join(", ")
}

fn voices(actors: &Actors, told: &[(&Document, &Statement, &Account)]) -> String {
    let all: BTreeSet<String> = told.iter().map(|(d, s, a)| voice::told_by(actors, d, innermost(s, a))).collect();
    all.into_iter().collect::<Vec<_>>().join("; ")
}

/// On whose word an account stands in the end: the innermost voice before the act.
pub(crate) fn innermost<'a>(statement: &'a Statement, account: &Account) -> &'a Voice {
    let chain = statement.chain();
    let outer = account.coded.as_ref().and_then(|c| c.link).unwrap_or(chain.len()).min(chain.len());
    chain.get(..outer).and_then(<[_]>::last).map_or(&Voice::Author, |l| &l.voice)
}

/// The named voice on whose word an account stands in the end; `None` for the author's own or nobody's.
pub(super) fn named_root(actors: &Actors, statement: &Statement, account: &Account) -> Option<String> {
    let voice = innermost(statement, account);
    matches!(voice, Voice::Named(_)).then(|| voice::counted(actors, statement.document(), voice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn what_nobody_known_says_is_not_put_on_the_author_s_word() {
        let told = "Reports have been printed in several capitals that Japan attacked Russia on 4 May 1904.";
        let Some(snapshot) = testing::read(&[("a.txt", "1904", told)]) else { return };
        let table = coded(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Coder::bundled());
        let row: Vec<String> = table.rows[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(row[8..10], ["reported", "someone unnamed (Reports)"], "{row:?}");
    }

    #[test]
    fn one_killing_in_several_accounts_is_one_row_with_every_date() {
        let snapshot = testing::read(&[
            ("a.txt", "1921-06", "Rebels killed Governor Henry Brandt on 3 May 1921."),
            ("b.txt", "1922", "Governor Henry Brandt was assassinated on 4 May 1921 in Vienna."),
            ("c.txt", "1930", "In 1923 France and Germany signed a treaty."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let table = coded(&snapshot, &Actors::resolve(&snapshot), &Filter::default(), &Coder::bundled());
        let cells = |n: usize| table.rows[n].cells().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(table.rows.len(), 2, "{table:#?}");
        assert_eq!(cells(0)[..2], ["1921-05-03", "day"]);
        assert!(cells(0)[2].starts_with("ASSAULT"));
        assert_eq!(cells(0)[6], "2");
        assert_eq!(cells(0)[7], "1921-05-03: a.txt; 1921-05-04: b.txt");
        assert_eq!(cells(1)[..3], ["1923", "year", "SUPPORT"]);
        assert!(cells(1)[8].contains("historical"));
        let json = timelinejs(&table);
        assert_eq!(json["events"][0]["start_date"], serde_json::json!({"year": "1921", "month": "5", "day": "3"}));
        assert_eq!(json["events"][1]["end_date"], serde_json::json!({"year": "1923"}));
    }
}
