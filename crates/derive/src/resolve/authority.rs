//! A person's own list of known actors, with ids and aliases: an actor whose names agree with those of exactly one entry is
//! linked to its id. Nothing else depends on the list.

use super::actors::Actor;
use super::node::schema;
use rashomon_core::MentionKind;
use rashomon_text::names::{Name, SAME, Schema, key};
use std::collections::{BTreeSet, HashMap};

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The id, as the list has it.
    pub id: String,
    /// What kind of thing it is, if the list says so.
    pub schema: Schema,
    /// Its name and aliases.
    pub names: Vec<String>,
}

/// The list, made ready to be asked.
#[derive(Debug, Default)]
pub struct Authority {
    ids: Vec<(String, Schema)>,
    names: Vec<(usize, String, Name)>,
    by_key: HashMap<String, Vec<usize>>,
}

impl Authority {
    /// A list of entries.
    pub fn new(entries: impl IntoIterator<Item = Known>) -> Authority {
        let mut all = Authority::default();
        for entry in entries {
            let number = all.ids.len();
            for text in &entry.names {
                let name = Name::new(text, entry.schema);
                let place = all.names.len();
                for block in blocks(text, &name) {
                    all.by_key.entry(block).or_default().push(place);
                }
                all.names.push((number, key(text).join(" "), name));
            }
            all.ids.push((entry.id, entry.schema));
        }
        all
    }

    /// The ids of the entries whose names agree best with one of an actor's: one if it is known, several if it cannot be told
    /// which, none if it is not in the list. A lone word must be the same word.
    pub fn find(&self, actor: &Actor) -> Vec<&str> {
        let mut best = 0.0;
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for text in actor.names.keys() {
            let (words, name) = (key(text).join(" "), Name::new(text, schema(actor.kind)));
            let near: BTreeSet<usize> =
                blocks(text, &name).iter().filter_map(|b| self.by_key.get(b)).flatten().copied().collect();
            for (entry, theirs, known) in near.into_iter().filter_map(|n| self.names.get(n)) {
                let Some((id, _)) = self.ids.get(*entry).filter(|(_, schema)| fits(actor.kind, *schema)) else {
                    continue;
                };
                let score = if *theirs == words { 1.0 } else { name.score(known) };
                let alone = name.size().min(known.size()) < 2 && *theirs != words;
                if score < SAME || alone || score < best {
                    continue;
                }
                if score > best {
                    found.clear();
                    best = score;
                }
                found.insert(id);
            }
        }
        found.into_iter().collect()
    }
}

fn blocks(text: &str, name: &Name) -> Vec<String> {
    let mut all = name.blocks();
    all.push(format!("\u{0}{}", key(text).join(" ")));
    all
}

fn fits(kind: MentionKind, schema: Schema) -> bool {
    match schema {
        Schema::Unknown => true,
        Schema::Person => matches!(kind, MentionKind::Person | MentionKind::Other),
        Schema::Organisation => kind != MentionKind::Person,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::Actors;
    use crate::views::testing::{Told, snapshot};

    #[test]
    fn an_actor_gets_the_id_of_the_one_entry_that_its_names_fit() {
        let snapshot =
            snapshot(&[Told::new("a.txt", "Zinovy Rozhestvensky met Anne Lowry, Tom Reed and the RNLI at Hull.")
                .name("Zinovy Rozhestvensky", MentionKind::Person)
                .name("Anne Lowry", MentionKind::Person)
                .name("Tom Reed", MentionKind::Person)
                .name("RNLI", MentionKind::Organization)
                .name("Hull", MentionKind::Place)]);
        let entry = |id: &str, schema, names: &[&str]| Known {
            id: id.into(),
            schema,
            names: names.iter().map(|n| (*n).to_owned()).collect(),
        };
        let authority = Authority::new([
            entry("K1", Schema::Person, &["Зиновий Рожественский"]),
            entry("K2", Schema::Person, &["Anne Lowry"]),
            entry("K3", Schema::Person, &["Anne Lowry"]),
            entry("K4", Schema::Organisation, &["Lifeboat Institution", "RNLI"]),
            entry("K5", Schema::Person, &["Hull"]),
            entry("K6", Schema::Unknown, &["Hall"]),
        ]);
        let mut actors = Actors::resolve(&snapshot);
        actors.link(&authority);
        let mut found: Vec<(&str, String)> = actors.iter().map(|a| (a.name.as_str(), a.known.join(" "))).collect();
        found.sort();
        let wanted =
            [("Anne Lowry", "K2 K3"), ("Hull", ""), ("RNLI", "K4"), ("Tom Reed", ""), ("Zinovy Rozhestvensky", "K1")];
        assert_eq!(found, wanted.map(|(name, ids)| (name, ids.to_owned())));
    }
}
