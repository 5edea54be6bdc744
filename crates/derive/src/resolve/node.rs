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
    /// Keys of the parts by which a person is called alone: without a title before them, and with one.
    pub(super) called: [Vec<String>; 2],
    /// Identity of the actor that it defines.
    pub(super) id: Digest,
    /// Mentions, in all documents.
    pub(super) mentions: usize,
    /// Pronouns that mean a man and those that mean a woman.
    pub(super) sexes: [usize; 2],
}

impl Node {
    /// The name of an identity in some written form.
    pub(super) fn new((key, kind, within): &Identity, text: String) -> Node {
        let name = Name::new(&text, schema(*kind));
        let called = [false, true].map(|titled| name.called(titled));
        let document = within.as_ref().map_or("", |d| d.as_str());
        let id = Digest::short_of(format!("{kind}\u{0}{key}\u{0}{document}").as_bytes());
        let (key, within) = (key.clone(), within.clone());
        Node { key, kind: *kind, within, described: false, text, name, called, id, mentions: 0, sexes: [0, 0] }
    }

    /// Takes in what all documents tell of the name, and says whether it is written otherwise than before.
    pub(super) fn hear(&mut self, identity: &Identity, heard: Heard) -> bool {
        let is_other = self.text != heard.text || self.described != heard.described;
        if self.text != heard.text {
            *self = Node::new(identity, heard.text);
        }
        (self.mentions, self.sexes, self.described) = (heard.mentions, heard.sexes, heard.described);
        is_other
    }
}

/// What all documents tell of a name.
pub(super) struct Heard {
    text: String,
    described: bool,
    mentions: usize,
    sexes: [usize; 2],
}

impl Heard {
    /// From what each document tells.
    pub(super) fn of((key, ..): &Identity, referents: &[(DocumentId, Referent)]) -> Heard {
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
        // The commonest form that holds all the words of the name, with its capitals and titles.
        let whole = forms.iter().filter(|(form, _)| self::key(form).join(" ") == *key);
        let best = whole.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(form, _)| (*form).to_owned());
        // A state that only its capital stands for is written nowhere.
        let text = best.or_else(|| states::by_key(key).map(str::to_owned)).unwrap_or_else(|| key.clone());
        Heard { text, described, mentions, sexes }
    }

    /// The node of a name that was not there before.
    pub(super) fn into_node(self, identity: &Identity) -> Node {
        let Heard { text, described, mentions, sexes } = self;
        Node { described, mentions, sexes, ..Node::new(identity, text) }
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
