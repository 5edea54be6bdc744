//! The whole reader: weights are loaded once and then read any number of texts, from any number of threads. Sentences go
//! through the network in groups of some hundred words, so that what stands between two steps stays near the processor and
//! memory does not grow with a text; no result depends on the grouping.

use super::arcs::{self, Arcs, Heads};
use super::boundaries::{Boundaries, Token};
use super::encoder::{self, Encoder};
use super::entities::Entities;
use super::error::ModelError;
use super::file::{File, Quantised};
use super::float::{highest, quantise, wide};
use super::gazetteer::Gazetteer;
use super::lemma::{Lemmas, features};
use super::pairs::{self, Dependents, Pairs, Roles, Sides, Tree};
use super::parse::{Labels, Parse};
use super::products::{Lane, Matrix, Products, room};
use super::words::{Known, Words};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// So many words go through the network together, or one longer sentence.
const GROUP: usize = 128;

/// So many words are multiplied with the heads' matrix together.
const ROWS: usize = 64;

/// A longer sentence of a raw text is cut: no writer means it, and room grows with its length.
const LONGEST: usize = 512;

/// Dependents whose relation shows a verb to be passive.
const PASSIVE: [&str; 3] = ["nsubj:pass", "csubj:pass", "aux:pass"];

/// A trained reader.
pub struct Model {
    products: Products,
    boundaries: Boundaries,
    words: Words,
    encoder: Encoder,
    outputs: Outputs,
    arcs: Arcs,
    relations: Pairs,
    roles: Roles,
    pub(super) entities: Entities,
    lemmas: Lemmas,
    labels: Arc<Labels>,
    /// By relation: whether it shows its head to be passive.
    passive: Vec<bool>,
    /// By `xpos`: whether it is a verb's.
    verbs: Vec<bool>,
    /// By `xpos`: whether it is a proper noun's.
    pub(super) proper: Vec<bool>,
    /// By `xpos`: whether it is an adjective's.
    pub(super) adjectives: Vec<bool>,
    root_relation: u8,
    root: Heads,
    root_side: Vec<f32>,
    idle: Mutex<Vec<Workplace>>,
}

/// All matrices that read the encoder's rows, as one, and where each begins.
struct Outputs {
    matrix: Matrix,
    /// Sizes of: arc dependents, arc heads, relation a and b, role a and b, tags.
    sizes: [usize; 7],
}

/// What one reading thread needs for itself.
struct Workplace {
    lane: Lane,
    known: Known,
    encoder: encoder::Room,
    arcs: arcs::Room,
    pairs: pairs::Room,
    x: Vec<f32>,
    bytes: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
    /// One list for each part of [`Outputs`].
    parts: [Vec<f32>; 7],
}

impl Workplace {
    fn new() -> Workplace {
        Workplace {
            lane: Lane::new(),
            known: Known::default(),
            encoder: encoder::Room::default(),
            arcs: arcs::Room::default(),
            pairs: pairs::Room::default(),
            x: Vec::new(),
            bytes: Vec::new(),
            scales: Vec::new(),
            sums: Vec::new(),
            parts: Default::default(),
        }
    }
}

impl Outputs {
    fn load(file: &File, products: &Products, width: usize) -> Result<Outputs, ModelError> {
        let c = &file.config;
        let dependent = file.matrix("arc.dependent", width)?;
        let head = file.matrix_of("arc.head", width, dependent.outputs)?;
        let tags = c.upos.len() + c.xpos.len() + c.ner.len() + 1;
        let mut parts = vec![dependent, head];
        for name in ["rel", "role"] {
            let a = file.matrix(&format!("{name}.a"), width)?;
            let b = file.matrix_of(&format!("{name}.b"), width, a.outputs)?;
            parts.extend([a, b]);
        }
        parts.push(file.matrix_of("tags", width, tags)?);
        let mut sizes = [0; 7];
        sizes.iter_mut().zip(&parts).for_each(|(s, p): (&mut usize, &Quantised)| *s = p.outputs);
        Ok(Outputs { matrix: products.matrix(parts)?, sizes })
    }

    /// The numbers of some rows, part by part.
    fn of(&self, products: &Products, own: &mut Workplace, count: usize) {
        let (width, outputs) = (self.matrix.inputs, self.matrix.outputs);
        for (part, size) in own.parts.iter_mut().zip(self.sizes) {
            room(part, count * size);
        }
        for start in (0..count).step_by(ROWS) {
            let rows = start..count.min(start + ROWS);
            let x = &own.x[rows.start * width..rows.end * width];
            let (bytes, scales) = (room(&mut own.bytes, rows.len() * width), room(&mut own.scales, rows.len()));
            wide(
                #[inline(always)]
                || {
                    let places = bytes.chunks_exact_mut(width).zip(scales.iter_mut());
                    for (row, (bytes, scale)) in x.chunks_exact(width).zip(places) {
                        *scale = quantise(row, bytes);
                    }
                },
            );
            let sums = room(&mut own.sums, rows.len() * outputs);
            products.multiply(bytes, &self.matrix, sums);
            wide(
                #[inline(always)]
                || {
                    for (row, (sums, scale)) in rows.zip(sums.chunks_exact(outputs).zip(scales.iter())) {
                        let mut from = 0;
                        for (part, size) in own.parts.iter_mut().zip(self.sizes) {
                            self.matrix.numbers(from, sums, *scale, &mut part[row * size..(row + 1) * size]);
                            from += size;
                        }
                    }
                },
            );
        }
    }
}

impl Model {
    /// Loads a model from the bytes of its file.
    pub fn load(bytes: &[u8]) -> Result<Model, ModelError> {
        let file = File::open(bytes)?;
        let products = Products::new();
        let encoder = Encoder::load(&file, &products)?;
        let outputs = Outputs::load(&file, &products, encoder.width)?;
        let arcs = Arcs::load(&file, &products, outputs.sizes[0])?;
        let relations = Pairs::load(&file, &products, "rel", file.config.rel.len())?;
        let roles = Roles::load(&file, &products)?;
        if relations.side() != outputs.sizes[2] || roles.side() != outputs.sizes[4] {
            return Err(ModelError::values("rel.a.weight", "the sizes of pairs of words do not agree"));
        }
        let root = file.numbers("root", &[encoder.width])?;
        let words = Words::load(&file, &products, encoder.width)?;
        let c = &file.config;
        let by_tag = |good: &dyn Fn(&str) -> bool| c.xpos.iter().map(|t| good(t)).collect::<Vec<bool>>();
        let (verbs, proper) = (by_tag(&|t| features(t).1), by_tag(&|t| t.starts_with("NNP")));
        let adjectives = by_tag(&|t| t.starts_with("JJ"));
        let mut model = Model {
            boundaries: Boundaries::load(&file)?,
            entities: Entities::load(&c.ner)?,
            lemmas: Lemmas::load(&file)?,
            passive: c.rel.iter().map(|r| PASSIVE.contains(&r.as_str())).collect(),
            root_relation: c.rel.iter().position(|r| r == "root").unwrap_or(0) as u8,
            labels: Arc::new(Labels {
                features: c.xpos.iter().map(|t| features(t).0).collect(),
                upos: c.upos.clone(),
                xpos: c.xpos.clone(),
                entity: c.ner.clone(),
                relation: c.rel.clone(),
                role: c.role.clone(),
            }),
            root: Heads::default(),
            root_side: Vec::new(),
            idle: Mutex::new(Vec::new()),
            products,
            words,
            encoder,
            outputs,
            arcs,
            relations,
            roles,
            verbs,
            proper,
            adjectives,
        };
        model.make_root(root);
        Ok(model)
    }

    /// Makes the root's side of arcs and relations, which every sentence shares.
    fn make_root(&mut self, root: Vec<f32>) {
        let mut own = Workplace { lane: Lane::none(), ..Workplace::new() };
        own.x = root;
        self.outputs.of(&self.products, &mut own, 1);
        let [_, head, _, side, ..] = own.parts;
        self.root = self.arcs.root(head);
        self.root_side = side;
    }

    /// The names of the labels.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Reads a raw text. Names are made to agree in it, so it should be one document.
    pub fn parse(&self, text: &str) -> Parse {
        self.parse_with(text, Gazetteer::built_in())
    }

    /// Reads a raw text, with names that are known beforehand.
    pub fn parse_with(&self, text: &str, known: &Gazetteer) -> Parse {
        self.with_workplace(|own| {
            let mut out = Parse::new(Arc::clone(&self.labels));
            let (mut tokens, mut lengths): (Vec<Token>, _) = (Vec::new(), Vec::new());
            let (mut at, mut done) = (0, 0);
            while let Some(next) = self.boundaries.paragraph(text, at, &mut tokens) {
                at = next;
                self.boundaries.sentences(text, &tokens, &mut lengths);
                let (mut rest, mut opens) = (tokens.as_slice(), true);
                for length in lengths.iter().copied() {
                    let (sentence, more) = rest.split_at(length);
                    rest = more;
                    for part in sentence.chunks(LONGEST) {
                        self.flush(own, text, &mut out, &mut done, part.len());
                        out.add_sentence(part.iter().map(|t| t.start..t.end), opens);
                        opens = false;
                    }
                }
            }
            self.flush(own, text, &mut out, &mut done, GROUP);
            self.vote(text, &mut out);
            self.mend(text, &mut out, known, true);
            out
        })
    }

    /// Reads sentences that were cut into words elsewhere, all of one document: the place of each word in a text.
    pub fn parse_words(&self, text: &str, sentences: &[Vec<Range<usize>>]) -> Parse {
        self.parse_words_with(text, sentences, Gazetteer::built_in())
    }

    /// Reads sentences that were cut into words elsewhere, with names that are known beforehand.
    pub fn parse_words_with(&self, text: &str, sentences: &[Vec<Range<usize>>], known: &Gazetteer) -> Parse {
        self.with_workplace(|own| {
            let mut out = Parse::new(Arc::clone(&self.labels));
            let mut done = 0;
            for sentence in sentences {
                self.flush(own, text, &mut out, &mut done, sentence.len());
                out.add_sentence(sentence.iter().cloned(), false);
            }
            self.flush(own, text, &mut out, &mut done, GROUP);
            self.vote(text, &mut out);
            self.mend(text, &mut out, known, false);
            out
        })
    }

    /// Lends a workplace that no other thread uses. One that grew with an unusual sentence is given up afterwards.
    fn with_workplace<R: Send>(&self, work: impl FnOnce(&mut Workplace) -> R + Send) -> R {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut own = idle().pop().unwrap_or_else(Workplace::new);
        let lane = std::mem::replace(&mut own.lane, Lane::none());
        let result = lane.run(|| work(&mut own));
        own.lane = lane;
        if own.x.len() <= (GROUP + LONGEST) * self.encoder.width {
            idle().push(own);
        }
        result
    }

    /// Reads the sentences added since the last time, unless `more` words fit beside them.
    fn flush(&self, own: &mut Workplace, text: &str, out: &mut Parse, done: &mut usize, more: usize) {
        let (all, first) = (out.len(), out.sentences().get(*done).map_or(out.len(), |s| s.words.start));
        if all == first {
            *done = out.sentences().len();
        } else if all - first + more > GROUP {
            self.read_group(own, text, out, *done);
            *done = out.sentences().len();
        }
    }

    /// Reads the sentences from a number on.
    fn read_group(&self, own: &mut Workplace, text: &str, out: &mut Parse, first: usize) {
        let start = out.sentences().get(first).map_or(0, |s| s.words.start);
        let here = |words: &Range<usize>| words.start - start..words.end - start;
        let sentences: Vec<Range<usize>> =
            out.sentences().iter().skip(first).map(|s| here(&s.words)).filter(|s| !s.is_empty()).collect();
        let numbers: Vec<usize> = (first..out.sentences().len())
            .filter(|n| out.sentences().get(*n).is_some_and(|s| !s.words.is_empty()))
            .collect();
        let count = out.len() - start;
        let mut x = std::mem::take(&mut own.x);
        let rows = room(&mut x, count * self.encoder.width);
        let word = |place: &Range<usize>| text.get(place.clone()).unwrap_or_default();
        let forms = out.places().iter().skip(start);
        self.words.rows(&self.products, &mut own.known, forms.map(word), rows);
        self.encoder.run(&self.products, &mut own.encoder, &sentences, rows);
        own.x = x;
        self.outputs.of(&self.products, own, count);
        self.read_tags(own, &sentences, out, count);
        self.read_trees(own, &sentences, out, count, start);
        self.read_roles(own, &sentences, &numbers, out, start);
        for number in start..start + count {
            let lemma = self.lemmas.of(out.places().get(number).map_or("", word), out.xpos[number]);
            out.add_lemma(&lemma);
        }
    }

    fn read_tags(&self, own: &mut Workplace, sentences: &[Range<usize>], out: &mut Parse, count: usize) {
        let [.., tags] = &own.parts;
        let (upos, xpos, names) = (self.labels.upos.len(), self.labels.xpos.len(), self.labels.entity.len());
        let size = upos + xpos + names + 1;
        let mut scores = Vec::with_capacity(count * names);
        for row in tags[..count * size].chunks_exact(size) {
            let (first, rest) = row.split_at(upos);
            let (second, rest) = rest.split_at(xpos);
            let (third, last) = rest.split_at(names);
            out.upos.push(highest(first) as u8);
            out.xpos.push(highest(second) as u8);
            scores.extend_from_slice(third);
            out.predicate.push(last.first().is_some_and(|p| *p > 0.0));
        }
        for sentence in sentences {
            self.entities.best(&scores[sentence.start * names..sentence.end * names], &mut out.entity);
        }
    }

    fn read_trees(&self, own: &mut Workplace, sentences: &[Range<usize>], out: &mut Parse, count: usize, start: usize) {
        let size = self.outputs.sizes[0];
        let [dependents, heads, a, b, ..] = &mut own.parts;
        let (dependents, heads) = (&mut dependents[..count * size], &mut heads[..count * size]);
        self.arcs.prepare(&self.products, &mut own.arcs, dependents, heads);
        let (mut tree, mut pairs) = (Vec::new(), Vec::with_capacity(count));
        for sentence in sentences {
            self.arcs.tree(&mut own.arcs, &self.root, sentence.clone(), &mut tree);
            pairs.extend(tree.iter().map(|h| (sentence.start, *h as usize)));
            out.head.extend_from_slice(&tree);
        }
        let sides = Sides { a, b };
        let words = Dependents { heads: &pairs, above: &self.root_side, root: self.root_relation };
        self.relations.relations(&self.products, &mut own.pairs, &sides, &words, &mut out.relation);
        out.passive.resize(start + count, false);
        for (number, (first, head)) in (start..).zip(&pairs) {
            let shows = self.passive.get(usize::from(out.relation[number])).copied().unwrap_or_default();
            if let Some(head) = head.checked_sub(1).map(|h| start + first + h).filter(|_| shows) {
                out.passive[head] = self.verbs.get(usize::from(out.xpos[head])).copied().unwrap_or_default();
            }
        }
    }

    fn read_roles(&self, own: &mut Workplace, all: &[Range<usize>], numbers: &[usize], out: &mut Parse, start: usize) {
        let [_, _, _, _, a, b, _] = &own.parts;
        let side = self.roles.side();
        for (sentence, number) in all.iter().zip(numbers) {
            let words = start + sentence.start..start + sentence.end;
            let predicates: Vec<usize> = (0..sentence.len()).filter(|w| out.predicate[words.start + w]).collect();
            let range = sentence.start * side..sentence.end * side;
            let sides = Sides { a: &a[range.clone()], b: &b[range] };
            let tree = Tree { heads: &out.head[words.clone()], relations: &out.relation[words] };
            let mut found = Vec::new();
            let tell = |p, w, label| found.push((p, w, label));
            self.roles.of_sentence(&self.products, &mut own.pairs, &sides, &tree, &predicates, tell);
            out.add_roles(*number, found.into_iter());
        }
    }
}
