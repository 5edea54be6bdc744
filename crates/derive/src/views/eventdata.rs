//! Coded statements as rows in the columns that users of event data know (those of POLECAT, Halterman and others 2023, where
//! there is one for it), one row for each account; accounts of one event share its id. Ours besides: the marks, which no
//! other coder sets, and on whose word each account stands.

use super::timeline::{names, statement_of};
use super::voice;
use crate::events::{Case, happenings};
use crate::resolve::Actors;
use rashomon_core::{Cell, Digest, Row, Snapshot, Table};

/// The columns, each with what it holds.
pub const COLUMNS: &[(&str, &str)] = &[
    ("Event ID", "the same for all accounts of one event"),
    ("Event Date", "EDTF, as this account states it"),
    ("Event Type", "type by PLOVER"),
    ("Event Mode", "its mode"),
    ("Quad Code", "verbal or material, cooperation or conflict"),
    ("Intensity", "from -10 to +10"),
    ("Contexts", "parted by ;"),
    ("Actor Name", "who does it: the actor's name where known, else the words"),
    ("Actor ID", "the actor's id in the export"),
    ("Recipient Name", "to whom"),
    ("Recipient ID", "the actor's id in the export"),
    ("Placename", "where, in the words"),
    ("Historical", "true or false"),
    ("Future", "true or false"),
    ("Hypothetical", "true or false"),
    ("Negated", "true or false"),
    ("Source", "the document"),
    ("Publication Date", "its date"),
    ("Chain", "voices, the author first"),
    ("Sentence", "the words of the statement"),
    ("Statement ID", "the statement's id in the export"),
];

/// One row for each coded statement of a case.
pub fn table(snapshot: &Snapshot, actors: &Actors, case: &Case) -> Table {
    let mut rows: Vec<(usize, Row)> = Vec::new();
    for happening in happenings(&case.accounts, actors) {
        let accounts = happening.accounts.iter().filter_map(|n| Some((*n, case.accounts.get(*n)?)));
        let told: Vec<_> = accounts.filter_map(|(n, a)| statement_of(snapshot, a).map(|t| (n, t))).collect();
        let Some((_, (_, first, _))) = told.first() else { continue };
        let id = Digest::short_of(format!("event {}", first.id()).as_bytes());
        for (n, (document, statement, account)) in &told {
            let Some(event) = &account.coded else { continue };
            let side = |members: &[crate::events::Member]| -> (String, String) {
                let name = |m: &crate::events::Member| {
                    let known = m.actor.as_ref().map(|a| names(actors, std::iter::once(a)));
                    known.unwrap_or_else(|| voice::one_line(&m.words.text))
                };
                let ids = members.iter().filter_map(|m| m.actor.as_ref()).map(|a| a.as_str());
                (members.iter().map(name).collect::<Vec<_>>().join(";"), ids.collect::<Vec<_>>().join(";"))
            };
            let (actor, actor_id) = side(&event.source);
            let (recipient, recipient_id) = side(&event.target);
            let place = statement.claim().place.as_ref().map(|w| voice::one_line(&w.text));
            let flag = |set: bool| Cell::from(if set { "true" } else { "false" });
            let cells = vec![
                id.brief().into(),
                Cell::maybe(account.when.clone()),
                event.code.to_string().into(),
                Cell::maybe(event.mode.as_deref()),
                event.quad.as_str().to_uppercase().into(),
                Cell::Text(event.intensity.to_string()),
                event.contexts.iter().map(|c| &**c).collect::<Vec<_>>().join(";").into(),
                actor.into(),
                actor_id.into(),
                recipient.into(),
                recipient_id.into(),
                Cell::maybe(place),
                flag(event.marks.historical),
                flag(event.marks.future),
                flag(event.marks.hypothetical),
                flag(event.marks.negated),
                document.name().into(),
                Cell::maybe(document.metadata.date.clone()),
                voice::chain(actors, statement).into(),
                voice::one_line(&statement.text()).into(),
                statement.id().as_str().into(),
            ];
            rows.extend(Row::new(cells, vec![statement.id().clone()]).map(|row| (*n, row)));
        }
    }
    rows.sort_by_key(|(n, _)| *n);
    Table {
        view: "timeline",
        columns: COLUMNS.iter().map(|(name, _)| *name).collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{Coder, testing};
    use crate::filter::Filter;

    #[test]
    fn accounts_of_one_event_share_its_id() {
        let snapshot = testing::read(&[
            ("a.txt", "1936", "In 1935 Italy invaded Ethiopia."),
            ("b.txt", "1940", "Italy invaded Ethiopia on 3 October 1935. France condemned Italy."),
        ]);
        let Some(snapshot) = snapshot else { return };
        let actors = Actors::resolve(&snapshot);
        let case = Case::of(&snapshot, &actors, &Filter::default(), &Coder::bundled());
        let table = table(&snapshot, &actors, &case);
        let cell = |n: usize, c: usize| table.rows[n].cells()[c].to_string();
        assert_eq!(table.rows.len(), 3, "{table:#?}");
        assert_eq!(cell(0, 0), cell(1, 0));
        assert_ne!(cell(0, 0), cell(2, 0));
        assert_eq!([cell(1, 1), cell(1, 2), cell(1, 7), cell(1, 9)], ["1935-10-03", "ASSAULT", "Italy", "Ethiopia"]);
        assert_eq!([cell(2, 4), cell(2, 5)], ["VERBAL CONFLICT", "-2"]);
    }
}
