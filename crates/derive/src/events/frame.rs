//! A statement, a voice's act or a noun phrase, brought into the one shape that rules are tried on.

use super::phrase::{PREPOSITIONS, Phrase, phrases, preposition_before, tokens, words_of};
use rashomon_core::{Document, Role, Span, Statement, Words};

/// What stands around a word that may tell of an event.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// The rules' own word.
    pub(super) lemma: String,
    pub(super) subjects: Vec<Words>,
    /// Objects and whom it is done for, their heads first.
    pub(super) objects: Vec<Words>,
    /// Phrases with the preposition that leads them, in order.
    pub(super) phrases: Vec<(String, Words)>,
    /// Every word behind it.
    pub(super) tail: Vec<String>,
    /// Every word of the subjects.
    pub(super) head: Vec<String>,
    /// Where what is wanted, refused or ended may stand.
    pub(super) inside: Vec<Span>,
}

impl Frame {
    /// Of a statement's claim.
    pub(super) fn of_statement(document: &Document, statement: &Statement, lemma: &str) -> Frame {
        let mut frame = Frame { lemma: lemma.to_owned(), ..Frame::default() };
        let (mut late, text) = (Vec::new(), document.text.as_str());
        for argument in &statement.claim().arguments {
            let words = &argument.words;
            let led = preposition_before(text, words.span.start);
            match argument.role {
                Role::Subject if !does_it(text, statement, words) => frame.add_phrase(text, "with", words.span),
                Role::Subject => frame.add_subject(text, words),
                Role::Object | Role::Recipient if led.is_empty() || led == "of" => frame.add_object(text, words.span),
                Role::Time => late.push((led, words.span)),
                Role::Place if led.is_empty() => frame.add_phrase(text, "in", words.span),
                _ => frame.add_phrase(text, &led, words.span),
            }
        }
        for (led, span) in late {
            // A time may hold whom a visit goes to, but tells nothing of what was done.
            frame.take(text, phrases(text, span), led, false);
        }
        frame.take_doer_for_subject(statement);
        frame
    }

    /// What stands before an active verb without a subject does it: `Swedish diplomats mediated`.
    fn take_doer_for_subject(&mut self, statement: &Statement) {
        let Some(predicate) = statement.claim().predicate.as_ref().filter(|_| self.subjects.is_empty()) else { return };
        let passive = predicate.words.text.split_whitespace().any(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "be" | "been" | "being" | "is" | "are" | "was" | "were" | "'s" | "get" | "got"
            )
        });
        let several = predicate.words.text.contains(' ');
        let before = self.objects.first().is_some_and(|o| o.span.end <= predicate.words.span.start);
        if before && !passive && !several && self.objects.len() == 1 && !self.phrases.is_empty() {
            self.subjects = std::mem::take(&mut self.objects);
        }
    }

    /// `the attack of the rebels on Kell`: where somebody stands behind `on`, what stands behind `of` does it.
    pub(super) fn take_of_for_subject(&mut self, text: &str) {
        let of = self.objects.first().is_some_and(|o| preposition_before(text, o.span.start) == "of");
        let on = self.phrases.iter().any(|(p, _)| matches!(p.as_str(), "on" | "against" | "upon"));
        if self.subjects.is_empty() && of && on {
            self.subjects = std::mem::take(&mut self.objects);
        }
    }

    /// Of a verb of speech with the text behind it.
    pub(super) fn of_text(text: &str, lemma: &str, voice: &Words, behind: Span) -> Frame {
        let mut frame = Frame { lemma: lemma.to_owned(), ..Frame::default() };
        frame.add_subject(text, voice);
        frame.take(text, phrases(text, behind), String::new(), true);
        frame.tail = words_of(&tokens(text, behind));
        frame.inside.push(behind);
        frame
    }

    /// Of a noun in a noun phrase: who stands behind `by` or owns it does it, what stands behind `of` it is done to.
    pub(super) fn of_noun(text: &str, lemma: &str, noun: Span, whole: Span) -> Frame {
        let mut frame = Frame { lemma: lemma.to_owned(), ..Frame::default() };
        let behind = Span { start: noun.end, end: whole.end };
        frame.take(text, phrases(text, behind), String::new(), false);
        let by = frame.phrases.iter().find(|(p, _)| p == "by").map(|(_, w)| w.clone());
        let owner = Span { start: whole.start, end: noun.start };
        match by.or_else(|| owner_in(text, owner)) {
            Some(words) => frame.add_subject(text, &words),
            None => frame.head = Vec::new(),
        }
        frame.tail = words_of(&tokens(text, whole));
        if !behind.is_empty() {
            frame.inside.push(behind);
        }
        frame
    }

    fn add_subject(&mut self, text: &str, words: &Words) {
        self.head.extend(words_of(&tokens(text, words.span)));
        self.subjects.push(words.clone());
    }

    fn add_object(&mut self, text: &str, span: Span) {
        self.take(text, phrases(text, span), String::new(), true);
        self.tail.extend(words_of(&tokens(text, span)));
        self.inside.push(span);
    }

    fn add_phrase(&mut self, text: &str, led: &str, span: Span) {
        self.take(text, phrases(text, span), led.to_owned(), false);
        self.tail.push(led.to_owned());
        self.tail.extend(words_of(&tokens(text, span)));
        self.inside.push(span);
    }

    /// Takes the phrases of a stretch in: the first is led by `led`; a phrase with `of` belongs to the one before it
    /// and stands on its own besides.
    fn take(&mut self, text: &str, found: Vec<Phrase>, led: String, objects: bool) {
        let mut led = Some(led);
        for (n, phrase) in found.iter().enumerate() {
            let mut span = phrase.span;
            for next in found.iter().skip(n + 1).take_while(|p| p.preposition == "of" && !is_gerund(text, p.span)) {
                span.end = next.span.end;
            }
            let Some(words) = Words::at(text, span) else { continue };
            let outer = led.take();
            match (phrase.preposition.is_empty(), outer) {
                (true, Some(outer)) if outer.is_empty() && objects => self.objects.push(words),
                (true, Some(outer)) => self.phrases.push((outer, words)),
                (_, _) => self.phrases.push((phrase.preposition.clone(), words)),
            }
        }
    }
}

/// Whether a subject does what is told: not who only suffers it beside another ("he was shot alongside Reed"), and not who
/// stands before the owner of a deed ("the papers praise Norland's attack").
fn does_it(text: &str, statement: &Statement, subject: &Words) -> bool {
    let claim = statement.claim();
    let Some(predicate) = claim.predicate.as_ref().map(|p| &p.words) else { return true };
    let between = |start: u32, end: u32| Span { start, end: end.max(start) }.of(text).unwrap_or_default().trim();
    if is_passive(&predicate.text) && subject.span.start >= predicate.span.end {
        return between(predicate.span.end, subject.span.start).split_whitespace().any(|w| w == "by");
    }
    let owner = claim.arguments.iter().map(|a| &a.words.span).find(|s| {
        s.end < predicate.span.start && matches!(between(s.end, predicate.span.start), "'s" | "’s" | "'" | "’")
    });
    let listed = |words: &str| words.split([' ', ',']).all(|w| matches!(w, "" | "and" | "the"));
    owner.is_none_or(|owner| {
        let own = subject.span.overlaps(*owner) || subject.span.start >= owner.end;
        own || listed(between(subject.span.end, owner.start))
    })
}

/// Whether the words of a predicate say that something is done to its object: `was shot`.
fn is_passive(predicate: &str) -> bool {
    let be = ["be", "been", "being", "is", "are", "was", "were", "'s", "get", "got"];
    predicate.contains(' ') && predicate.split_whitespace().any(|w| be.contains(&w.to_lowercase().as_str()))
}

/// Whether a phrase begins with a gerund: `of shelling the town`.
fn is_gerund(text: &str, span: Span) -> bool {
    let first = tokens(text, span).into_iter().next();
    first.is_some_and(|t| t.word.ends_with("ing") && t.span.of(text).is_some_and(|w| w.starts_with(char::is_lowercase)))
}

/// The owner at the beginning of a noun phrase: `Norland's attack`.
fn owner_in(text: &str, before: Span) -> Option<Words> {
    let inner = before.of(text)?;
    let end = ["'s ", "’s ", "s' ", "s’ "].iter().find_map(|mark| inner.find(mark).map(|n| n + mark.len() - 2))?;
    let end = end.saturating_sub(usize::from(inner.get(..end).is_some_and(|t| t.ends_with(['\'', '’']))));
    let end = (0..=end).rev().find(|n| inner.is_char_boundary(*n))?;
    let words = Words::at(text, Span::new(before.start as usize, before.start as usize + end))?;
    let first = words.text.split_whitespace().next().map(str::to_lowercase).unwrap_or_default();
    let phrase = PREPOSITIONS.contains(&first.as_str());
    (!phrase).then(|| {
        let text = words.text.trim_end_matches("’s").trim_end_matches("'s").trim_end_matches(['\'', '’']);
        Words {
            span: Span { start: words.span.start, end: words.span.start + text.len() as u32 },
            text: text.to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_has_its_doer_and_what_it_is_done_to() {
        let frame = |text: &str, noun: &str| {
            let at = text.find(noun).unwrap();
            Frame::of_noun(text, noun, Span::new(at, at + noun.len()), Span::new(0, text.len()))
        };
        let words = |all: &[Words]| all.iter().map(|w| w.text.clone()).collect::<Vec<_>>();
        let by = frame("the killing of two farmers by northern soldiers", "killing");
        assert_eq!(words(&by.subjects), ["northern soldiers"]);
        assert_eq!(by.phrases[0], ("of".into(), by.phrases[0].1.clone()));
        assert_eq!(by.phrases[0].1.text, "two farmers");
        assert_eq!(words(&frame("Norland’s attack on Kell", "attack").subjects), ["Norland"]);
        assert!(frame("an attack on Kell", "attack").subjects.is_empty());
    }
}
