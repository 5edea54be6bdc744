//! The body of the network: blocks that give each word what stands around it. A block looks at a word's neighbours, makes
//! gates and candidates in one product for all words, runs a recurrence without a matrix along each sentence in both
//! directions (minGRU), and adds what comes out. Sentences never see each other, so any number can go together.

use super::error::ModelError;
use super::file::File;
use super::float::{byte, curve, gate, norm, quantise, wide};
use super::products::{Matrix, Products, room};
use std::ops::Range;

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Block {
    norm: Norm,
    /// Factors of the word before, the word itself, the word after.
    near: [Vec<f32>; 3],
    into: Matrix,
    out: Matrix,
}

/// The blocks and the last norm.
pub(super) struct Encoder {
    pub(super) width: usize,
    hidden: usize,
    blocks: Vec<Block>,
    last: Norm,
}

/// Room for what stands between the steps.
#[derive(Default)]
pub(super) struct Room {
    normed: Vec<f32>,
    row: Vec<f32>,
    bytes: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
    states: Vec<u8>,
}

impl Encoder {
    pub(super) fn load(file: &File, products: &Products) -> Result<Encoder, ModelError> {
        let [width] = file.shape("norm.weight")?[..] else {
            return Err(ModelError::values("norm.weight", "it is no vector"));
        };
        if width == 0 || !width.is_multiple_of(16) {
            return Err(ModelError::values("norm.weight", format!("{width} is no multiple of 16")));
        }
        let blocks: Result<Vec<Block>, ModelError> =
            (0..file.config.blocks).map(|k| Block::load(file, products, &format!("block.{k}."), width)).collect();
        let blocks = blocks?;
        let hidden = blocks.first().map_or(0, |b| b.out.inputs / 2);
        match blocks.iter().all(|b| b.out.inputs == 2 * hidden) {
            true => Ok(Encoder { width, hidden, blocks, last: Norm::load(file, "norm", width)? }),
            false => Err(ModelError::values("block.0.out.weight", "the blocks differ in size")),
        }
    }

    /// Changes the rows of the words of some sentences into what the heads read.
    pub(super) fn run(&self, products: &Products, room: &mut Room, sentences: &[Range<usize>], x: &mut [f32]) {
        for block in &self.blocks {
            self.run_block(products, block, room, sentences, x);
        }
        let normed = super::products::room(&mut room.normed, x.len());
        wide(
            #[inline(always)]
            || self.last.rows(x, normed, self.width),
        );
        x.copy_from_slice(normed);
    }

    fn run_block(&self, products: &Products, block: &Block, own: &mut Room, sentences: &[Range<usize>], x: &mut [f32]) {
        let (width, hidden) = (self.width, self.hidden);
        let count = x.len() / width;
        let normed = room(&mut own.normed, count * width);
        let row = room(&mut own.row, width.max(hidden));
        let bytes = room(&mut own.bytes, count * width);
        let scales = room(&mut own.scales, count);
        let sums = room(&mut own.sums, count * 4 * hidden);
        let states = room(&mut own.states, count * 2 * hidden);
        wide(
            #[inline(always)]
            || {
                block.norm.rows(x, normed, width);
                for sentence in sentences {
                    let rows = sentence.start * width..sentence.end * width;
                    block.look_around(&normed[rows.clone()], row, &mut bytes[rows], &mut scales[sentence.clone()]);
                }
            },
        );
        products.multiply(bytes, &block.into, sums);
        wide(
            #[inline(always)]
            || {
                for sentence in sentences {
                    let sums = &sums[sentence.start * 4 * hidden..sentence.end * 4 * hidden];
                    let states = &mut states[sentence.start * 2 * hidden..sentence.end * 2 * hidden];
                    block.recur(sums, &scales[sentence.clone()], &mut row[..hidden], states);
                }
            },
        );
        let sums = &mut sums[..count * width];
        products.multiply(states, &block.out, sums);
        wide(
            #[inline(always)]
            || block.add(sums, x),
        );
    }
}

impl Norm {
    fn load(file: &File, name: &str, width: usize) -> Result<Norm, ModelError> {
        let part = |kind: &str| file.numbers(&format!("{name}.{kind}"), &[width]);
        Ok(Norm { weight: part("weight")?, bias: part("bias")? })
    }

    #[inline(always)]
    fn rows(&self, x: &[f32], out: &mut [f32], width: usize) {
        for (row, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
            norm(row, &self.weight, &self.bias, out);
        }
    }
}

impl Block {
    fn load(file: &File, products: &Products, name: &str, width: usize) -> Result<Block, ModelError> {
        let norm = Norm::load(file, &format!("{name}norm"), width)?;
        let near = file.numbers(&format!("{name}near"), &[3, width])?;
        let near = [0, 1, 2].map(|k| near[k * width..(k + 1) * width].to_vec());
        let into = file.matrix(&format!("{name}in"), width)?;
        let hidden = into.outputs / 4;
        if hidden == 0 || hidden % 16 != 0 || into.outputs % 4 != 0 {
            return Err(ModelError::values(
                &format!("{name}in.weight"),
                "its outputs are not four times a multiple of 16",
            ));
        }
        let out = file.matrix_of(&format!("{name}out"), 2 * hidden, width)?;
        Ok(Block { norm, near, into: products.matrix(vec![into])?, out: products.matrix(vec![out])? })
    }

    /// A sentence's words with a part of their neighbours, as integers.
    #[inline(always)]
    fn look_around(&self, normed: &[f32], row: &mut [f32], bytes: &mut [u8], scales: &mut [f32]) {
        let [before, own, after] = &self.near;
        let width = own.len();
        let row = &mut row[..width];
        let count = scales.len();
        for (i, (scale, bytes)) in scales.iter_mut().zip(bytes.chunks_exact_mut(width)).enumerate() {
            let here = &normed[i * width..(i + 1) * width];
            for ((y, x), n) in row.iter_mut().zip(here).zip(own) {
                *y = x * n;
            }
            if i > 0 {
                let left = &normed[(i - 1) * width..i * width];
                for ((y, x), n) in row.iter_mut().zip(left).zip(before) {
                    *y += x * n;
                }
            }
            if i + 1 < count {
                let right = &normed[(i + 1) * width..(i + 2) * width];
                for ((y, x), n) in row.iter_mut().zip(right).zip(after) {
                    *y += x * n;
                }
            }
            *scale = quantise(row, bytes);
        }
    }

    /// The recurrence along a sentence, from the left and from the right; its states lie between -1 and 1.
    #[inline(always)]
    fn recur(&self, sums: &[i32], scales: &[f32], state: &mut [f32], states: &mut [u8]) {
        let hidden = state.len();
        state.fill(0.0);
        for (i, scale) in scales.iter().enumerate() {
            let sums = &sums[i * 4 * hidden..(i + 1) * 4 * hidden];
            self.step(0, sums, *scale, state, &mut states[i * 2 * hidden..i * 2 * hidden + hidden]);
        }
        state.fill(0.0);
        for (i, scale) in scales.iter().enumerate().rev() {
            let sums = &sums[i * 4 * hidden..(i + 1) * 4 * hidden];
            self.step(2 * hidden, sums, *scale, state, &mut states[(2 * i + 1) * hidden..(2 * i + 2) * hidden]);
        }
    }

    #[inline(always)]
    fn step(&self, from: usize, sums: &[i32], scale: f32, state: &mut [f32], out: &mut [u8]) {
        let hidden = state.len();
        let (gates, candidates) = (from..from + hidden, from + hidden..from + 2 * hidden);
        let of = |range: Range<usize>| (&sums[range.clone()], &self.into.scale[range.clone()], &self.into.bias[range]);
        let ((gs, gscale, gbias), (cs, cscale, cbias)) = (of(gates), of(candidates));
        for l in 0..hidden.min(out.len()) {
            let z = gate(gs[l] as f32 * (scale * gscale[l]) + gbias[l]);
            let c = curve(cs[l] as f32 * (scale * cscale[l]) + cbias[l]);
            let h = state[l] + z * (c - state[l]);
            state[l] = h;
            out[l] = byte(h * 127.0);
        }
    }

    /// Adds what comes out to the words' rows.
    #[inline(always)]
    fn add(&self, sums: &[i32], x: &mut [f32]) {
        let width = self.out.outputs;
        let scale = 1.0 / 127.0_f32;
        for (row, sums) in x.chunks_exact_mut(width).zip(sums.chunks_exact(width)) {
            for (((y, sum), s), b) in row.iter_mut().zip(sums).zip(&self.out.scale).zip(&self.out.bias) {
                *y += *sum as f32 * (scale * s) + b;
            }
        }
    }
}
