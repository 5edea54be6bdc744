//! Step 7, reference: which earlier words a description or a pronoun points to.
//!
//! A deterministic resolver in sieves after Lee et al. (2013), the surest first: apposition and predicate, the same words, a
//! noun that a name carries, a noun for the kind of thing; then pronouns by person, number, gender and salience. It goes
//! through a page once from left to right. What agrees with nothing near stays open. Nouns are resolved with care;
//! a pronoun takes the most salient that agrees, which is right about every second time (docs/reports/coreference.md).

mod items;

mod nouns;

mod pronouns;

use crate::page::{Named, Page};
use items::{Gender, Item, find as find_items};
use rashomon_core::{Mention, MentionForm, MentionKind, Span};
use std::collections::{BTreeMap, HashMap};

/// In a longer document descriptions and pronouns would take more memory than the text; names and voices stay.
const LOOKED_INTO: usize = 32 << 20;

/// Items and which of them are taken for the same.
pub(super) struct Chains {
    items: Vec<Item>,
    /// The item that each points to.
    antecedent: Vec<Option<usize>>,
    /// The first item of each one's chain.
    root: Vec<usize>,
    /// By root: what the chain's mentions tell together.
    gender: Vec<Option<Gender>>,
    size: Vec<usize>,
    kind: Vec<MentionKind>,
    /// Descriptions so far by their noun.
    by_noun: HashMap<String, Vec<usize>>,
}

impl Chains {
    fn new(items: Vec<Item>) -> Chains {
        let count = items.len();
        Chains {
            antecedent: vec![None; count],
            root: (0..count).collect(),
            gender: items.iter().map(|i| i.gender).collect(),
            size: vec![1; count],
            kind: items.iter().map(|i| i.kind).collect(),
            by_noun: HashMap::new(),
            items,
        }
    }

    /// Takes an item and an earlier one for the same.
    fn join(&mut self, item: usize, to: usize) {
        let root = self.root[to];
        let old = self.root[item];
        if root == old {
            return;
        }
        self.root[item] = root;
        self.size[root] += self.size[old];
        self.gender[root] = self.gender[root].or(self.gender[old]);
        if self.kind[root] == MentionKind::Other {
            self.kind[root] = self.kind[old];
        }
    }
}

/// Finds descriptions, pronouns and their antecedents, and proposes all mentions of the page.
pub(crate) fn find(page: &mut Page) {
    if page.document.text.len() <= LOOKED_INTO {
        let mut chains = Chains::new(find_items(page));
        for number in 0..chains.items.len() {
            let found = match chains.items[number].form {
                MentionForm::Pronoun => pronouns::antecedent(page, &chains, number),
                MentionForm::Description => nouns::of_description(page, &chains, number),
                MentionForm::Name | MentionForm::Demonym => {
                    if let Some(same) = nouns::of_name(page, &chains, number) {
                        chains.join(number, same);
                    }
                    None
                }
            };
            if let Some(found) = found.filter(|f| *f != number) {
                chains.join(number, found);
                chains.antecedent[number] = Some(found);
            }
            if chains.items[number].form == MentionForm::Description {
                let noun = page.word(chains.items[number].head).to_lowercase();
                chains.by_noun.entry(noun).or_default().push(number);
            }
        }
        keep(page, &chains);
    }
    propose(page);
}

/// Adds the items that are worth a mention, with their antecedents.
fn keep(page: &mut Page, chains: &Chains) {
    let mut wanted: Vec<bool> = chains.items.iter().map(|i| i.known || i.kind != MentionKind::Other).collect();
    for (number, item) in chains.items.iter().enumerate() {
        wanted[number] |= item.form == MentionForm::Pronoun && !pronouns::is_empty(page, item.head);
        if let Some(to) = chains.antecedent[number] {
            wanted[number] = true;
            wanted[to] = true;
        }
    }
    let place = |n: usize| page.span(chains.items[n].range);
    let mut added: Vec<Named> = Vec::new();
    let mut found: BTreeMap<(usize, usize), Option<Span>> = BTreeMap::new();
    for (number, item) in chains.items.iter().enumerate().filter(|(n, _)| wanted[*n]) {
        let antecedent = item.given.or_else(|| chains.antecedent[number].and_then(place));
        if item.known {
            found.insert((item.range.start, item.range.end), antecedent);
        } else {
            let kind = chains.kind[chains.root[number]];
            added.push(Named { range: item.range, kind, form: item.form, antecedent });
        }
    }
    for named in &mut page.named {
        if let Some(antecedent) = found.get(&(named.range.start, named.range.end)) {
            named.antecedent = named.antecedent.or(*antecedent);
        }
    }
    page.named.extend(added);
    page.named.sort_by_key(|n| (n.range.start, n.range.end));
}

fn propose(page: &mut Page) {
    for named in &page.named {
        if let Some(words) = page.words(named.range) {
            page.drafts.mentions.push(Mention {
                words,
                kind: named.kind,
                form: named.form,
                antecedent: named.antecedent,
            });
        }
    }
}
