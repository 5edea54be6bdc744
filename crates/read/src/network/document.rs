//! The names of a whole document, after all its sentences are read: first they vote, so that the same words are the same
//! kind everywhere, then each sentence's names are mended by lists of facts and words.

use super::entities::Voters;
use super::gazetteer::Gazetteer;
use super::mend::{self, Gap, Names, Span};
use super::model::Model;
use super::parse::Parse;
use std::ops::Range;

impl Model {
    /// Makes the names of a document agree.
    pub(super) fn vote(&self, text: &str, out: &mut Parse) {
        let mut tags = std::mem::take(&mut out.entity);
        let sentences: Vec<Range<usize>> = out.sentences().iter().map(|s| s.words.clone()).collect();
        let word = |n: usize| out.places().get(n).and_then(|p| text.get(p.clone())).unwrap_or_default();
        let proper = |n: usize| self.proper.get(usize::from(out.xpos[n])).copied().unwrap_or_default();
        self.entities.vote(&Voters { sentences: &sentences, word, proper: &proper }, &mut tags);
        out.entity = tags;
    }

    /// Mends the names of each sentence; what stands between words is looked at in a raw text only.
    pub(super) fn mend(&self, text: &str, out: &mut Parse, known: &Gazetteer, raw: bool) {
        let mut tags = std::mem::take(&mut out.entity);
        let sentences = out.sentences();
        let (mut paragraph, mut width) = (0..0, 0);
        for (number, sentence) in sentences.iter().enumerate() {
            let words = sentence.words.clone();
            let places = out.places().get(words.clone()).unwrap_or_default();
            if raw && sentence.opens_paragraph {
                let next = sentences.iter().skip(number + 1).find(|s| s.opens_paragraph);
                let end = next.map_or(out.len(), |s| s.words.start);
                let last = out.places().get(end.wrapping_sub(1)).map_or(0, |p| p.end);
                paragraph = places.first().map_or(0, |p| p.start)..last;
                width = mend::width(text, &paragraph);
            }
            let gaps = raw.then(|| mend::gaps(text, places, &paragraph, width));
            if let Some(tags) = tags.get_mut(words.clone()) {
                self.mend_sentence(text, out, words, (gaps, known), tags);
            }
        }
        out.entity = tags;
    }

    fn mend_sentence(
        &self,
        text: &str,
        out: &Parse,
        words: Range<usize>,
        (gaps, known): (Option<Vec<Gap>>, &Gazetteer),
        tags: &mut [u8],
    ) {
        let spans = self.entities.spans(tags).into_iter();
        let spans = spans.filter_map(|(w, begin)| {
            self.entities.kind_of(begin).map(|kind| Span { start: w.start, end: w.end, kind })
        });
        let by_tag = |list: &[bool]| -> Vec<bool> {
            let tags = out.xpos.get(words.clone()).unwrap_or_default();
            tags.iter().map(|x| list.get(usize::from(*x)).copied().unwrap_or_default()).collect()
        };
        let places = out.places().get(words.clone()).unwrap_or_default();
        let mut names = Names {
            words: places.iter().map(|p| text.get(p.clone()).unwrap_or_default()).collect(),
            proper: by_tag(&self.proper),
            adjective: by_tag(&self.adjectives),
            gaps,
            spans: spans.collect(),
        };
        names.mend(known);
        self.entities.write_all(&names.spans, tags);
    }
}
