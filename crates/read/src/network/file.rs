//! The weights' file: safetensors, read from bytes and copied out, so that neither alignment nor the byte order of the
//! machine matters. Every part is asked for with the type and shape that it must have; sizes come from the parts first
//! read. Numbers that are not finite, and weights that could overflow sixteen bits in a pair (which would give other
//! results on other machines), are refused here and need no care afterwards.

use super::error::ModelError;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

/// Largest weight: 255 * 64 * 2 still fits sixteen bits.
const LARGEST: u8 = 64;

/// The model's own description of itself.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Config {
    pub(super) blocks: usize,
    pub(super) upos: Vec<String>,
    pub(super) xpos: Vec<String>,
    pub(super) ner: Vec<String>,
    pub(super) rel: Vec<String>,
    pub(super) role: Vec<String>,
}

/// A file of weights.
pub(super) struct File<'a> {
    tensors: SafeTensors<'a>,
    pub(super) config: Config,
}

/// A matrix of bytes with a scale for each row, as the file has it.
pub(super) struct Quantised {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) weight: Vec<i8>,
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// A table of half-precision numbers, a row after another.
pub(super) struct Table {
    pub(super) width: usize,
    pub(super) rows: usize,
    halves: Vec<u16>,
}

impl Table {
    /// Adds a row to some numbers.
    pub(super) fn add_row(&self, row: usize, to: &mut [f32]) {
        for (sum, half) in to.iter_mut().zip(self.row(row)) {
            *sum += single(*half);
        }
    }

    /// Copies a row.
    pub(super) fn copy_row(&self, row: usize, to: &mut [f32]) {
        for (number, half) in to.iter_mut().zip(self.row(row)) {
            *number = single(*half);
        }
    }

    fn row(&self, row: usize) -> &[u16] {
        self.halves.get(row * self.width..(row + 1) * self.width).unwrap_or_default()
    }
}

/// The number that a finite half-precision number stands for; exact, subnormals too.
#[inline(always)]
fn single(half: u16) -> f32 {
    let size = f32::from_bits(u32::from(half & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(size.to_bits() | (u32::from(half & 0x8000) << 16))
}

impl<'a> File<'a> {
    /// Reads the head of a file and finds its parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<File<'a>, ModelError> {
        let damaged = |why: String| ModelError::Damaged(why);
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|e| damaged(e.to_string()))?;
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| damaged(e.to_string()))?;
        let words = metadata.metadata().as_ref().and_then(|m| m.get("config"));
        let words = words.ok_or_else(|| damaged("they do not describe themselves".into()))?;
        let config: Config = serde_json::from_str(words).map_err(|e| damaged(format!("in their description, {e}")))?;
        let file = File { tensors, config };
        file.check_labels()?;
        Ok(file)
    }

    fn check_labels(&self) -> Result<(), ModelError> {
        let c = &self.config;
        for (name, labels) in
            [("upos", &c.upos), ("xpos", &c.xpos), ("ner", &c.ner), ("rel", &c.rel), ("role", &c.role)]
        {
            if labels.is_empty() || labels.len() > 255 {
                return Err(ModelError::values("config", format!("{} labels in {name}", labels.len())));
            }
        }
        if !c.rel.iter().any(|r| r == "root") || c.rel.len() < 2 {
            return Err(ModelError::values("config", "no relation is called root, or none but root"));
        }
        if c.blocks == 0 || c.blocks > 64 {
            return Err(ModelError::values("config", format!("{} blocks", c.blocks)));
        }
        Ok(())
    }

    /// The bytes and shape of a part of a type.
    fn part(&self, name: &str, kind: Dtype) -> Result<(&'a [u8], Vec<usize>), ModelError> {
        let part = self.tensors.tensor(name).map_err(|_| ModelError::Missing(name.to_owned()))?;
        if part.dtype() != kind {
            let (found, wanted) = (format!("{:?}", part.dtype()), format!("{kind:?}"));
            return Err(ModelError::Shape { part: name.to_owned(), found, wanted });
        }
        Ok((part.data(), part.shape().to_vec()))
    }

    /// A text, line by line.
    pub(super) fn lines(&self, name: &str) -> Result<impl Iterator<Item = &'a str>, ModelError> {
        let (bytes, _) = self.part(name, Dtype::U8)?;
        let text = std::str::from_utf8(bytes).map_err(|_| ModelError::values(name, "it is no text"))?;
        Ok(text.split('\n'))
    }

    /// The shape of a part of numbers.
    pub(super) fn shape(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        Ok(self.part(name, Dtype::F32)?.1)
    }

    /// Numbers in a shape.
    pub(super) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let (bytes, found) = self.part(name, Dtype::F32)?;
        same_shape(name, &found, shape)?;
        let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        match numbers.iter().all(|n| n.is_finite()) {
            true => Ok(numbers),
            false => Err(ModelError::values(name, "not every number is finite")),
        }
    }

    /// Small integers; their number must be a power of two, because hashes point into them.
    pub(super) fn shorts(&self, name: &str) -> Result<Vec<i16>, ModelError> {
        let (bytes, shape) = self.part(name, Dtype::I16)?;
        let [count] = shape[..] else { return Err(wrong_shape(name, &shape, "[a power of two]")) };
        if !count.is_power_of_two() || u32::try_from(count).is_err() {
            return Err(wrong_shape(name, &shape, "[a power of two]"));
        }
        Ok(bytes.as_chunks::<2>().0.iter().map(|b| i16::from_le_bytes(*b)).collect())
    }

    /// A table of half-precision numbers.
    pub(super) fn table(&self, name: &str) -> Result<Table, ModelError> {
        let (bytes, shape) = self.part(name, Dtype::F16)?;
        let [rows, width] = shape[..] else { return Err(wrong_shape(name, &shape, "[rows, width]")) };
        if rows == 0 || width == 0 || u32::try_from(rows).is_err() {
            return Err(wrong_shape(name, &shape, "[rows, width]"));
        }
        let halves: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b)).collect();
        match halves.iter().all(|h| h & 0x7c00 != 0x7c00) {
            true => Ok(Table { width, rows, halves }),
            false => Err(ModelError::values(name, "not every number is finite")),
        }
    }

    /// A matrix with a number of inputs.
    pub(super) fn matrix(&self, name: &str, inputs: usize) -> Result<Quantised, ModelError> {
        let part = format!("{name}.weight");
        let (bytes, shape) = self.part(&part, Dtype::I8)?;
        let [outputs, found] = shape[..] else { return Err(wrong_shape(&part, &shape, "[outputs, inputs]")) };
        if found != inputs || outputs == 0 {
            return Err(wrong_shape(&part, &shape, &format!("[outputs, {inputs}]")));
        }
        let weight: Vec<i8> = bytes.iter().map(|b| b.cast_signed()).collect();
        if weight.iter().any(|w| w.unsigned_abs() > LARGEST) {
            return Err(ModelError::values(&part, format!("a weight is beyond {LARGEST}")));
        }
        let scale = self.numbers(&format!("{name}.scale"), &[outputs])?;
        let bias = self.numbers(&format!("{name}.bias"), &[outputs])?;
        Ok(Quantised { inputs, outputs, weight, scale, bias })
    }

    /// A matrix with numbers of inputs and outputs.
    pub(super) fn matrix_of(&self, name: &str, inputs: usize, outputs: usize) -> Result<Quantised, ModelError> {
        let matrix = self.matrix(name, inputs)?;
        match matrix.outputs == outputs {
            true => Ok(matrix),
            false => {
                let found = [matrix.outputs, inputs];
                Err(wrong_shape(&format!("{name}.weight"), &found, &format!("[{outputs}, {inputs}]")))
            }
        }
    }
}

fn same_shape(name: &str, found: &[usize], wanted: &[usize]) -> Result<(), ModelError> {
    if found == wanted { Ok(()) } else { Err(wrong_shape(name, found, &format!("{wanted:?}"))) }
}

fn wrong_shape(name: &str, found: &[usize], wanted: &str) -> ModelError {
    ModelError::Shape { part: name.to_owned(), found: format!("{found:?}"), wanted: wanted.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::single;

    #[test]
    fn half_precision_is_exact() {
        let pairs = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
        ];
        for (half, number) in pairs {
            assert_eq!(single(half), number, "{half:04x}");
        }
        assert_eq!(single(0x8000).to_bits(), (-0.0_f32).to_bits());
    }
}
