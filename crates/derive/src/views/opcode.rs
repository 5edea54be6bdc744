//! `opcode`: the operational code of each voice, from what it says that others do and what it says that it does itself.

use super::{Run, View, voice};
use crate::causes::{FEW, Utterance, indices, value};
use crate::events::{Coded, Coder, Member};
use crate::filter::Filter;
use crate::resolve::{ActorId, Actors};
use rashomon_core::{Cell, ReadDocument, Row, Snapshot, Statement, StatementId, Table, Voice};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The view.
pub const VIEW: View = View {
    name: "opcode",
    about: "The operational code of each voice: how friendly it says the world is, and how it says it acts itself",
    columns: &[
        ("voice", "on whose word"),
        ("statements", "coded statements of who does what, without those that are denied or supposed"),
        ("others", "of them, those about what others do"),
        ("self", "those about what the voice does itself"),
        ("P-1", "nature of the political universe: -1 hostile to 1 friendly"),
        ("P-2", "outlook for one’s values: -1 pessimistic to 1 optimistic"),
        ("I-1", "direction of strategy: -1 conflict to 1 cooperation"),
        ("I-2", "intensity of tactics: -1 conflict to 1 cooperation"),
        ("P-4", "control over history: share of what is said of oneself, 0 to 1"),
        ("note", "`fewer than 15` where that is so: the indices say little"),
    ],
    run: Run::Alone(|snapshot, actors, filter| coded(snapshot, actors, filter, &Coder::bundled(), &[])),
};

/// Words by which a voice speaks of itself.
const FIRST_PERSON: &[&str] = &["i", "we", "me", "us", "my", "our", "myself", "ourselves"];

/// What a voice was heard to say.
#[derive(Default)]
struct Heard {
    said: Vec<Utterance>,
    statements: Vec<StatementId>,
}

/// One utterance with its voice.
struct Said {
    voice: String,
    utterance: Utterance,
    statement: StatementId,
}

/// The view with a coder of one’s own. `selves` are names that a voice speaks of as itself besides its own: its state, say.
pub fn coded(snapshot: &Snapshot, actors: &Actors, filter: &Filter, coder: &Coder, selves: &[String]) -> Table {
    let passing: HashSet<usize> =
        filter.select(snapshot, actors).into_iter().map(|(_, s)| std::ptr::from_ref(s) as usize).collect();
    let named = |names: &mut dyn Iterator<Item = &str>| -> BTreeSet<ActorId> {
        let wanted: BTreeSet<String> = names.map(str::to_lowercase).collect();
        let is = |name: &String| wanted.contains(&name.to_lowercase());
        actors.iter().filter(|a| is(&a.name) || a.names.keys().any(is)).map(|a| a.id.clone()).collect()
    };
    let also = named(&mut selves.iter().map(String::as_str));
    let of_document = |(document, reading): &ReadDocument| -> (Vec<Said>, usize) {
        let authors = named(&mut document.metadata.authors.iter().map(String::as_str));
        let (mut found, mut unreal) = (Vec::new(), 0);
        for event in coder.code(document, reading, actors) {
            let Some(statement) = reading.statements.get(event.statement) else { continue };
            if !passing.contains(&(std::ptr::from_ref(statement) as usize)) || event.source.is_empty() {
                continue;
            }
            if event.marks.negated || event.marks.hypothetical {
                unreal += 1;
                continue;
            }
            let speaker = speaker(statement, &event);
            let mut own: BTreeSet<ActorId> = also.clone();
            match speaker {
                Voice::Author => own.extend(authors.iter().cloned()),
                other => own.extend(actors.of_voice(&document.id, other).map(|a| a.id.clone())),
            }
            let of_self = |m: &Member| {
                let first = FIRST_PERSON.contains(&m.words.text.to_lowercase().as_str());
                first || m.actor.as_ref().is_some_and(|id| own.contains(id))
            };
            let utterance = Utterance {
                own: event.source.iter().any(of_self),
                value: value(&event.code, event.mode.as_deref(), event.quad),
            };
            let voice = match speaker {
                Voice::Unnamed(_) => "someone unnamed".to_owned(),
                other => voice::told_by(actors, document, other),
            };
            found.push(Said { voice, utterance, statement: statement.id().clone() });
        }
        (found, unreal)
    };
    let told: Vec<(Vec<Said>, usize)> = snapshot.documents.par_iter().map(of_document).collect();
    let unreal: usize = told.iter().map(|(_, n)| n).sum();
    let mut all: BTreeMap<String, Heard> = BTreeMap::new();
    for said in told.into_iter().flat_map(|(said, _)| said) {
        let heard = all.entry(said.voice).or_default();
        heard.said.push(said.utterance);
        heard.statements.push(said.statement);
    }
    let mut order: Vec<(String, Heard)> = all.into_iter().collect();
    order.sort_by(|a, b| b.1.said.len().cmp(&a.1.said.len()).then_with(|| a.0.cmp(&b.0)));
    let mut table = super::table(&VIEW);
    for (voice, heard) in order {
        let found = indices(&heard.said);
        let number = |x: Option<f64>| x.map_or(Cell::Empty, Cell::Number);
        let count = heard.said.len();
        let cells = vec![
            voice.into(),
            count.into(),
            found.others.into(),
            found.own.into(),
            number(found.p1),
            number(found.p2),
            number(found.i1),
            number(found.i2),
            number(found.p4),
            Cell::maybe((count < FEW).then(|| format!("fewer than {FEW}"))),
        ];
        table.rows.extend(Row::new(cells, heard.statements));
    }
    if unreal > 0 {
        table.notes.push(format!("left out: {unreal} coded statements that are denied, possible or supposed"));
    }
    table
}

/// On whose word an event is told: of an act of speech, on that of the voice outside it.
fn speaker<'a>(statement: &'a Statement, event: &Coded) -> &'a Voice {
    let chain = statement.chain();
    let outer = event.link.unwrap_or(chain.len()).min(chain.len());
    chain.get(..outer).and_then(<[_]>::last).map_or(&Voice::Author, |l| &l.voice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::testing;

    #[test]
    fn what_a_voice_says_of_itself_and_of_others_is_counted_apart() {
        let text = "Churchill said that Germany attacked Poland. Churchill said that Churchill supported Poland. Italy attacked Ethiopia.";
        let Some(snapshot) = testing::read(&[("a.txt", "1940", text)]) else { return };
        let actors = Actors::resolve(&snapshot);
        let table = coded(&snapshot, &actors, &Filter::default(), &Coder::bundled(), &[]);
        let row = |voice: &str| {
            let row = table.rows.iter().find(|r| r.cells()[0].to_string().contains(voice)).unwrap();
            row.cells()[1..].iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(row("Churchill"), ["2", "1", "1", "-1.000", "-1.000", "1.000", "0.333", "0.500", "fewer than 15"]);
        assert_eq!(row("author")[..4], ["1", "1", "0", "-1.000"]);
        let with = coded(&snapshot, &actors, &Filter::default(), &Coder::bundled(), &["germany".into()]);
        assert!(
            with.rows.iter().any(|r| r.cells()[3].to_string() == "2"),
            "Germany counted as his own: {:?}",
            with.rows
        );
    }
}
