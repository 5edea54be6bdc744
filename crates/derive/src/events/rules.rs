//! The coding rules as data: which words tell of which type, under which conditions. Files are read and checked here;
//! what a rule means is written at the head of `rules/events.toml`.

use super::phrase::WordSet;
use super::scheme::{Scheme, SchemeFile};
use rashomon_text::inflection::{gerund, past_of, third_person};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Why a file of rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError(String);

impl RuleError {
    pub(super) fn new(why: String) -> RuleError {
        RuleError(why)
    }
}

impl std::fmt::Display for RuleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RuleError {}

/// A file as written.
#[derive(Debug, Default, Deserialize)]
struct RuleFile {
    #[serde(flatten)]
    scheme: SchemeFile,
    #[serde(default)]
    light: String,
    #[serde(default)]
    irregular: String,
    #[serde(default)]
    suffered: String,
    #[serde(default)]
    done_by_of: String,
    #[serde(default)]
    lead: BTreeMap<String, String>,
    #[serde(default)]
    classes: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<WrittenRule>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    verbs: String,
    #[serde(default)]
    with: String,
    #[serde(default)]
    without: String,
    #[serde(default)]
    of: String,
    #[serde(default)]
    prep: String,
    #[serde(default)]
    object: String,
    #[serde(rename = "type")]
    code: String,
    mode: Option<String>,
    by: Option<String>,
    #[serde(default)]
    context: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    act: bool,
    #[serde(default)]
    mutual: bool,
}

/// What an object must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ObjectNeed {
    Any,
    Actor,
    None,
}

/// Where a mode comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ModeBy {
    Fixed(Option<Arc<str>>),
    Request,
    Threat,
}

/// A rule, ready for use.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// `None`: the words tell of no event.
    pub(super) code: Option<Arc<str>>,
    pub(super) mode: ModeBy,
    pub(super) with: Option<WordSet>,
    /// Whether somebody in the arguments is enough for `with`.
    pub(super) with_actor: bool,
    /// Whether a body (an organisation, or letters that stand for one) is enough.
    pub(super) with_body: bool,
    pub(super) without: Option<WordSet>,
    pub(super) of: Vec<Arc<str>>,
    pub(super) prep: Vec<String>,
    pub(super) object: ObjectNeed,
    pub(super) contexts: Vec<Arc<str>>,
    pub(super) source: Vec<String>,
    pub(super) target: Vec<String>,
    pub(super) act: bool,
    pub(super) mutual: bool,
}

/// All rules with the lists that they use.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleBook {
    pub(super) scheme: Scheme,
    rules: Vec<Rule>,
    by_lemma: HashMap<String, Vec<usize>>,
    /// Forms of the rules' words that differ from the word itself, each with the word.
    forms: HashMap<String, String>,
    light: HashSet<String>,
    suffered: HashSet<String>,
    done_by_of: HashSet<String>,
    lead: BTreeMap<String, WordSet>,
    irregular: HashMap<String, [String; 2]>,
    classes: BTreeMap<String, String>,
    people: WordSet,
}

impl RuleBook {
    /// The bundled scheme and rules, after a person's own if there are any.
    pub(super) fn new(own: Option<&str>) -> Result<RuleBook, RuleError> {
        let mut book = RuleBook::default();
        let parse = |name: &str, text: &str| {
            toml::from_str::<RuleFile>(text).map_err(|e| RuleError(format!("{name}: {}", e.to_string().trim())))
        };
        let bundled = [
            parse("plover.toml", include_str!("../../rules/plover.toml"))?,
            parse("events.toml", include_str!("../../rules/events.toml"))?,
        ];
        let own = own.map(|text| parse("the file of codes", text)).transpose()?;
        let (mut first, mut then) = (Vec::new(), Vec::new());
        for (mine, file) in bundled.into_iter().map(|f| (false, f)).chain(own.map(|f| (true, f))) {
            book.take_lists(&file);
            book.scheme.add(file.scheme);
            if mine { first.extend(file.rule) } else { then.extend(file.rule) }
        }
        book.people = book.set("persons").unwrap_or_default();
        for rule in first.into_iter().chain(then) {
            book.add(rule)?;
        }
        Ok(book)
    }

    fn take_lists(&mut self, file: &RuleFile) {
        for verb in file.irregular.split_whitespace() {
            let parts: Vec<&str> = verb.split('/').collect();
            if let [base, past, participle] = parts.as_slice() {
                self.irregular.insert((*base).to_owned(), [(*past).to_owned(), (*participle).to_owned()]);
            }
        }
        self.light.extend(file.light.split_whitespace().map(spaced));
        self.done_by_of.extend(file.done_by_of.split_whitespace().map(spaced));
        self.suffered.extend(file.suffered.split_whitespace().map(spaced));
        for (name, words) in &file.lead {
            let set = self.lead.entry(name.clone()).or_default();
            words.split_whitespace().for_each(|w| set.insert(w));
        }
        self.classes.extend(file.classes.clone());
    }

    fn add(&mut self, written: WrittenRule) -> Result<(), RuleError> {
        let wrong = |what: &str| RuleError(format!("the rule for {:?} names {what}", written.verbs.trim()));
        let code = match written.code.as_str() {
            "none" | "pass" => None,
            code => Some(self.scheme.code(code).ok_or_else(|| wrong(&format!("no known type: {code:?}")))?),
        };
        let kind = self.scheme.get(&written.code);
        let mode = match (&written.mode, written.by.as_deref()) {
            (Some(mode), _) if !kind.is_some_and(|k| k.modes.contains_key(mode)) => {
                return Err(wrong(&format!("no mode of {}: {mode:?}", written.code)));
            }
            (mode, None) => ModeBy::Fixed(mode.as_deref().map(Arc::from)),
            (_, Some("request")) => ModeBy::Request,
            (_, Some("threat")) => ModeBy::Threat,
            (_, Some(by)) => return Err(wrong(&format!("no way to a mode: {by:?}"))),
        };
        let mut contexts = Vec::new();
        for name in written.context.split_whitespace() {
            contexts.push(self.scheme.named_context(name).ok_or_else(|| wrong(&format!("no context: {name:?}")))?);
        }
        let mut of = Vec::new();
        for name in written.of.split_whitespace() {
            of.push(self.scheme.code(name).ok_or_else(|| wrong(&format!("no known type: {name:?}")))?);
        }
        let object = match written.object.as_str() {
            "" => ObjectNeed::Any,
            "actor" => ObjectNeed::Actor,
            "none" => ObjectNeed::None,
            other => return Err(wrong(&format!("no kind of object: {other:?}"))),
        };
        let list = |words: &str| words.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let place = self.rules.len();
        self.rules.push(Rule {
            code,
            mode,
            with: self.set(&written.with),
            with_actor: written.with.split_whitespace().any(|w| w == "actor"),
            with_body: written.with.split_whitespace().any(|w| w == "body"),
            without: self.set(&written.without),
            of,
            prep: list(&written.prep),
            object,
            contexts,
            source: list(&written.source),
            target: list(&written.target),
            act: written.act,
            mutual: written.mutual,
        });
        for verb in written.verbs.split_whitespace() {
            let verb = spaced(verb);
            self.take_forms(&verb);
            let rules = self.by_lemma.entry(verb).or_default();
            if rules.last() != Some(&place) {
                rules.push(place);
            }
        }
        Ok(())
    }

    /// Classes and bare words as one list; `None` for no words.
    fn set(&self, words: &str) -> Option<WordSet> {
        let mut set = WordSet::default();
        for word in words.split_whitespace() {
            match self.classes.get(word) {
                Some(class) => class.split_whitespace().for_each(|w| set.insert(w)),
                None => set.insert(word),
            }
        }
        (!words.trim().is_empty()).then_some(set)
    }

    fn take_forms(&mut self, verb: &str) {
        let (head, rest) = verb.split_once(' ').map_or((verb, ""), |(head, rest)| (head, rest));
        let mut forms = vec![third_person(head), gerund(head)];
        match self.irregular.get(head) {
            Some([past, participle]) => forms.extend([past.clone(), participle.clone()]),
            None => forms.push(past_of(head)),
        }
        for form in forms {
            let form = if rest.is_empty() { form } else { format!("{form} {rest}") };
            self.forms.entry(form).or_insert_with(|| verb.to_owned());
        }
    }

    /// The rules' own word that a lemma or a form is, if any rule holds it.
    pub(super) fn lemma<'a>(&'a self, word: &'a str) -> Option<&'a str> {
        if self.by_lemma.contains_key(word) {
            return Some(word);
        }
        self.forms.get(word).map(String::as_str)
    }

    /// The rules that hold a lemma, in order.
    pub(super) fn of_lemma(&self, lemma: &str) -> impl Iterator<Item = &Rule> {
        self.by_lemma.get(lemma).into_iter().flatten().filter_map(|n| self.rules.get(*n))
    }

    /// Whether a verb only carries its noun.
    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether what stands behind a noun's `of` does it, where somebody stands behind `on`.
    pub(super) fn is_done_by_of(&self, lemma: &str) -> bool {
        self.done_by_of.contains(lemma)
    }

    /// Whether a noun's owner suffers it.
    pub(super) fn is_suffered(&self, lemma: &str) -> bool {
        self.suffered.contains(lemma)
    }

    /// Whether a word may stand between a subject and what is done: a word of the lists that turn it.
    pub(super) fn is_lead(&self, word: &str) -> bool {
        let one = [word.to_owned()];
        self.lead.values().any(|set| set.meets(&one))
    }

    /// Whether one of some words stands for people.
    pub(super) fn is_people(&self, words: &[String]) -> bool {
        self.people.meets(words)
    }

    /// Whether words of a list that turns what follows stand among some words.
    pub(super) fn leads(&self, list: &str, words: &[String]) -> bool {
        self.lead.get(list).is_some_and(|set| set.meets(words))
    }
}

fn spaced(word: &str) -> String {
    word.replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_files_hold_together_and_reach_every_type() {
        let book = RuleBook::new(None).unwrap();
        let types: Vec<&str> = book.scheme.types().map(|(name, _)| name).collect();
        assert_eq!(types.len(), 16);
        for code in types {
            assert!(book.rules.iter().any(|r| r.code.as_deref() == Some(code)), "no rule codes {code}");
        }
        assert!(book.by_lemma.len() > 400, "{}", book.by_lemma.len());
        assert_eq!(book.lemma("bombed"), Some("bomb"));
        assert_eq!(book.lemma("shot down"), Some("shoot down"));
    }

    #[test]
    fn a_file_of_ones_own_comes_first_and_may_name_only_what_is_known() {
        let own = "[types.VISITATION]\nquad = \"verbal conflict\"\nscore = -1.0\n[[rule]]\nverbs = \"visit\"\ntype = \"VISITATION\"";
        let book = RuleBook::new(Some(own)).unwrap();
        assert_eq!(book.of_lemma("visit").next().unwrap().code.as_deref(), Some("VISITATION"));
        let wrong = |text: &str| RuleBook::new(Some(text)).unwrap_err().to_string();
        assert!(wrong("[[rule]]\nverbs = \"nod\"\ntype = \"NODDING\"").contains("no known type: \"NODDING\""));
        assert!(wrong("[[rule]]\nverbs = \"nod\"\ntype = \"AGREE\"\nmode = \"loud\"").contains("no mode of AGREE"));
        assert!(wrong("[[rule]]\nverbs = \"nod\"\nkind = \"AGREE\"").contains("unknown field"));
    }
}
