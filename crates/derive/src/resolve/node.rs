//! A name with everything that all documents tell of its bearer.

use super::local::{Identity, Referent};
use rashomon_core::{Digest, DocumentId, MentionForm, MentionKind};
use rashomon_text::names::{Name, Schema, key};
use rashomon_text::states;
use std::collections::HashMap;

/// One name with everything that is told of its bearer.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its words.
    pub(super) key: String,
    /// What it names.
    pub(super) kind: MentionKind,
    /// The one document in which it means somebody, if it is too general to mean the same in another.
    pub(super) within: Option<DocumentId>,
    /// Whether it is a description that holds a name, and no name itself.
    pub(super) described: bool,
    /// Its commonest written form.
    pub(super) text: String,
    /// The form, read as a name.
    pub(super) name: Name,
    /// Mentions, in all documents.
    pub(super) mentions: usize,
    /// Pronouns that mean a man and those that mean a woman.
    pub(super) sexes: [usize; 2],
}

impl Node {
    /// The name of an identity in some written form.
    pub(super) fn new((key, kind, within): &Identity, text: String) -> Node {
        let name = Name::new(&text, schema(*kind));
        let (key, within) = (key.clone(), within.clone());
        Node { key, kind: *kind, within, described: false, text, name, mentions: 0, sexes: [0, 0] }
    }

    /// What all documents tell of a name. `before` is the node of the same name before the last documents were added.
    pub(super) fn of(identity: &Identity, referents: &[(DocumentId, Referent)], before: Option<Node>) -> Node {
        let mut forms: HashMap<&str, usize> = HashMap::new();
        let (mut mentions, mut sexes, mut described) = (0, [0, 0], true);
        for (_, referent) in referents {
            mentions += referent.mentions.len();
            for (sum, count) in sexes.iter_mut().zip(referent.sexes) {
                *sum += count;
            }
            for (form, text) in referent.mentions.iter().filter_map(|(_, form)| form.as_ref()) {
                *forms.entry(text).or_default() += 1;
                described &= *form == MentionForm::Description;
            }
        }
        let (key, ..) = identity;
        // The commonest form that holds all the words of the name, with its capitals and titles.
        let whole = forms.iter().filter(|(form, _)| self::key(form).join(" ") == *key);
        let best = whole.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(form, _)| (*form).to_owned());
        // A state that only its capital stands for is written nowhere.
        let text = best.or_else(|| states::by_key(key).map(str::to_owned)).unwrap_or_else(|| key.clone());
        let same = before.filter(|node| node.text == text);
        Node { mentions, sexes, described, ..same.unwrap_or_else(|| Node::new(identity, text)) }
    }

    /// Identity of the actor that it defines.
    pub(super) fn id(&self) -> Digest {
        let within = self.within.as_ref().map_or("", |d| d.as_str());
        Digest::short_of(format!("{}\u{0}{}\u{0}{within}", self.kind, self.key).as_bytes())
    }
}

/// As what sort of name a mention of a kind is read.
pub(super) fn schema(kind: MentionKind) -> Schema {
    match kind {
        MentionKind::Person => Schema::Person,
        MentionKind::Other => Schema::Unknown,
        _ => Schema::Organisation,
    }
}
