//! The views: each answers one question with a [`Table`] whose every row names the statements behind it. A new view is
//! one file here and one line in [`VIEWS`].

use crate::compare::Accounts;
use crate::filter::Filter;
use crate::resolve::Actors;
use rashomon_core::{Cell, Row, Snapshot, Table};

pub mod timeline;
pub mod network;
pub mod balance;
pub mod actors;
pub mod causes;
pub mod opcode;
pub mod chains;
pub mod claims;
pub mod compare;
pub mod corroboration;
pub mod discourse;
pub mod eventdata;
pub mod links;
pub mod naming;
pub mod search;
pub mod sectors;
pub mod sources;
#[cfg(test)]
pub mod testing;
pub mod threats;
pub mod voice;

/// One view.
pub struct View {
    /// Its name in the shell and on the page.
    pub name: &'static str,
    /// The question it answers.
    pub about: &'static str,
    /// Its columns, each with what it holds.
    pub columns: &'static [(&'static str, &'static str)],
    /// How it is worked out.
    pub run: Run,
}

/// How a view is worked out from what the ledger holds and who is who in it.
pub enum Run {
    /// From that alone.
    Alone(fn(&Snapshot, &Actors, &Filter) -> Table),
    /// With how all accounts stand to each other.
    Beside(fn(&Snapshot, &Actors, &Filter, &Accounts) -> Table),
}

impl View {
    /// Works it out.
    pub fn run(&self, snapshot: &Snapshot, actors: &Actors, filter: &Filter) -> Table {
        match self.run {
            Run::Alone(run) => run(snapshot, actors, filter),
            Run::Beside(run) => run(snapshot, actors, filter, &Accounts::of(snapshot, actors)),
        }
    }

    /// What a row of the view holds in a column; `None` where the view has no such column.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> Option<&'a Cell> {
        row.cells().get(self.columns.iter().position(|(name, _)| *name == column)?)
    }

    /// The same as words; empty where there is none.
    pub fn words(&self, row: &Row, column: &str) -> String {
        self.cell(row, column).map(ToString::to_string).unwrap_or_default()
    }

    /// The same as a count; 0 where there is none.
    pub fn count(&self, row: &Row, column: &str) -> u64 {
        match self.cell(row, column) {
            Some(Cell::Count(n)) => *n,
            _ => 0,
        }
    }
}

/// Every view, in the order in which they are listed to people. `search` takes a query besides and stands apart.
pub static VIEWS: &[View] = &[
    claims::VIEW,
    chains::VIEW,
    actors::VIEW,
    naming::VIEW,
    timeline::VIEW,
    network::VIEW,
    balance::VIEW,
    threats::VIEW,
    sectors::VIEW,
    causes::VIEW,
    opcode::VIEW,
    compare::VIEW,
    corroboration::VIEW,
    links::VIEW,
    sources::VIEW,
    discourse::VIEW,
];

/// A view by name.
pub fn view(name: &str) -> Option<&'static View> {
    VIEWS.iter().find(|v| v.name == name)
}

/// An empty table of a view.
fn table(view: &View) -> Table {
    Table {
        view: view.name,
        columns: view.columns.iter().map(|(name, _)| *name).collect(),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{Told, snapshot};
    use super::*;

    fn struck(path: &str, text: &str) -> Told {
        let told = Told::new(path, text).name("Meteor", rashomon_core::MentionKind::Other);
        told.says("struck", "strike", &[("subject", "Shells"), ("object", "the Meteor")], &[])
    }

    #[test]
    fn every_view_keeps_the_laws_of_tables() {
        let snapshot = snapshot(&[
            Told::new("a.txt", "The lamps were lit. Anne Lowry said the nets were down.")
                .name("Anne Lowry", rashomon_core::MentionKind::Person)
                .own("The lamps were lit")
                .said("the nets were down", &["Anne Lowry"]),
            Told::new("b.txt", "It is thought that he heard Tom Reed say the sea was calm.")
                .said("the sea was calm", &["he", "Tom Reed"]),
            Told::new("c.txt", "So it is thought that he heard Tom Reed say the sea was calm.").own("the sea was calm"),
            struck("d.txt", "Shells struck the Meteor."),
            struck("e.txt", "At noon Shells struck the Meteor."),
        ]);
        let actors = Actors::resolve(&snapshot);
        for view in VIEWS {
            let table = view.run(&snapshot, &actors, &Filter::default());
            assert_eq!(table.view, view.name);
            // What needs a reading of its own has its rows in its own tests.
            let deep =
                ["timeline", "network", "balance", "threats", "sectors", "links", "discourse", "causes", "opcode"]
                    .contains(&view.name);
            assert!(deep || !table.rows.is_empty(), "{}", view.name);
            for row in &table.rows {
                assert_eq!(row.cells().len(), table.columns.len(), "{}", view.name);
                for id in row.statements() {
                    assert!(snapshot.statement(id).is_some(), "{} names a statement that is not there", view.name);
                }
            }
        }
    }
}
