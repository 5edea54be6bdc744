//! The filters that every view takes. A statement passes if it passes each filter that is set; within one filter any
//! of the given values is enough. Words are compared without regard to case.

use crate::resolve::{Actor, Actors};
use rashomon_core::coding::{Coding, STATEMENT};
use rashomon_core::{Certainty, ClaimKind, Document, Snapshot, Statement, StatementId, judgement};
use rashomon_text::edtf;
use std::collections::{BTreeMap, HashSet};

/// What a person asks to see. An empty filter lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Parts of a document's path, title or id.
    pub documents: Vec<String>,
    /// Parts of the words or of the actor's name of any voice in the chain; `author` is the author's own word alone.
    pub voices: Vec<String>,
    /// Parts of the name of an actor in the claim.
    pub actors: Vec<String>,
    /// Kinds of claim.
    pub kinds: Vec<ClaimKind>,
    /// Degrees of certainty.
    pub certainties: Vec<Certainty>,
    /// Earliest date (EDTF, compared by its digits from the left); statements without any date do not pass.
    pub from: Option<String>,
    /// Latest date.
    pub to: Option<String>,
    /// Only statements that a person has judged.
    pub only_reviewed: bool,
    /// What two accounts are to each other, in the view that lays them side by side; other views do not ask.
    pub verdicts: Vec<String>,
}

impl Filter {
    /// The statements that pass, in the snapshot's order.
    pub fn select<'a>(&self, snapshot: &'a Snapshot, actors: &Actors) -> Vec<(&'a Document, &'a Statement)> {
        let reviewed = if self.only_reviewed { snapshot.judged() } else { BTreeMap::new() };
        let coded: HashSet<String> = match self.only_reviewed {
            true => judgement::standing(&snapshot.judgements)
                .values()
                .filter_map(|row| Coding::of(row)?.value(STATEMENT).map(str::to_owned))
                .collect(),
            false => HashSet::new(),
        };
        snapshot
            .documents
            .iter()
            .filter(|(document, _)| self.passes_document(document))
            .flat_map(|(document, reading)| reading.statements.iter().map(move |s| (document.as_ref(), s)))
            .filter(|(document, statement)| {
                self.passes_claim(document, statement)
                    && self.passes_voice(statement, actors)
                    && self.passes_actor(statement, actors)
                    && (!self.only_reviewed
                        || reviewed.contains_key(statement.id())
                        || coded.contains(statement.id().as_str()))
            })
            .collect()
    }

    /// Whether a document passes.
    pub fn passes_document(&self, document: &Document) -> bool {
        let id = document.id.as_str();
        self.documents.is_empty()
            || self.documents.iter().any(|d| {
                let part = d.trim().to_lowercase();
                id.starts_with(&part)
                    || document.path.to_lowercase().contains(&part)
                    || document.name().to_lowercase().contains(&part)
            })
    }

    /// Whether an actor is one of those asked for, by any of its names.
    pub fn names(&self, actor: &Actor) -> bool {
        let holds = |text: &str| self.actors.iter().any(|a| text.to_lowercase().contains(&a.trim().to_lowercase()));
        self.actors.is_empty() || holds(&actor.name) || actor.names.keys().any(|name| holds(name))
    }

    fn passes_claim(&self, document: &Document, statement: &Statement) -> bool {
        let claim = statement.claim();
        (self.kinds.is_empty() || self.kinds.contains(&claim.kind))
            && (self.certainties.is_empty() || self.certainties.contains(&claim.certainty))
            && self.passes_date(document, statement)
    }

    fn passes_date(&self, document: &Document, statement: &Statement) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let said = statement.chain().last().and_then(|l| l.time.as_ref()).and_then(|t| t.edtf.clone());
        let told = statement.claim().time.as_ref().and_then(|t| t.edtf.clone());
        let Some(date) = told.or(said).or_else(|| document.metadata.date.clone()) else { return false };
        let (first, last) = edtf::ends(&date);
        let after = self.from.as_ref().is_none_or(|from| edtf::reaches(last, from));
        let before = self.to.as_ref().is_none_or(|to| edtf::reaches(to, first));
        after && before
    }

    fn passes_voice(&self, statement: &Statement, actors: &Actors) -> bool {
        self.voices.is_empty()
            || self.voices.iter().any(|wanted| {
                let wanted = wanted.trim().to_lowercase();
                if wanted == "author" {
                    return statement.chain().len() == 1;
                }
                statement.chain().iter().any(|link| {
                    let words = link.voice.words().is_some_and(|w| w.text.to_lowercase().contains(&wanted));
                    let actor = actors.of_voice(statement.document(), &link.voice);
                    words || actor.is_some_and(|a| a.name.to_lowercase().contains(&wanted))
                })
            })
    }

    fn passes_actor(&self, statement: &Statement, actors: &Actors) -> bool {
        self.actors.is_empty()
            || self.actors.iter().any(|wanted| {
                let wanted = wanted.trim().to_lowercase();
                statement.evidence().iter().any(|w| w.text.to_lowercase().contains(&wanted))
                    || statement.claim().arguments.iter().any(|argument| {
                        let actor = actors.at(statement.document(), &argument.words);
                        actor.is_some_and(|a| a.name.to_lowercase().contains(&wanted))
                    })
            })
    }
}

/// The ids of some statements.
pub fn ids<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> Vec<StatementId> {
    statements.into_iter().map(|s| s.id().clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::testing::{Told, snapshot};

    fn texts(filter: &Filter) -> Vec<String> {
        let snapshot = snapshot(&[
            Told::new("a.txt", "The lamps were lit.").date("1904-10-22").own("The lamps were lit"),
            Told::new("b.txt", "Anne Lowry said the lamps were out.")
                .date("1905")
                .said("the lamps were out", &["Anne Lowry"]),
        ]);
        let actors = Actors::resolve(&snapshot);
        filter.select(&snapshot, &actors).iter().map(|(_, s)| s.text()).collect()
    }

    #[test]
    fn each_filter_cuts_and_an_empty_one_does_not() {
        let one = |f: Filter| texts(&f);
        assert_eq!(one(Filter::default()).len(), 2);
        assert_eq!(one(Filter { documents: vec!["B.TXT".into()], ..Filter::default() }), ["the lamps were out"]);
        assert_eq!(one(Filter { voices: vec!["lowry".into()], ..Filter::default() }), ["the lamps were out"]);
        assert_eq!(one(Filter { voices: vec!["author".into()], ..Filter::default() }), ["The lamps were lit"]);
        assert_eq!(one(Filter { to: Some("1904-12".into()), ..Filter::default() }), ["The lamps were lit"]);
        assert_eq!(one(Filter { from: Some("1904-11".into()), ..Filter::default() }), ["the lamps were out"]);
        assert_eq!(one(Filter { from: Some("1904".into()), ..Filter::default() }).len(), 2);
        assert!(one(Filter { kinds: vec![ClaimKind::Tie], ..Filter::default() }).is_empty());
        assert!(one(Filter { only_reviewed: true, ..Filter::default() }).is_empty());
    }
}
