//! Products of vectors of bytes with matrices of bytes, summed exactly in 32 bits, so that blocking, instructions and
//! threads change no bit. The crate `rten-gemm` chooses its kernel while running; it splits a product over the threads of
//! the pool it runs in, so it always runs in a pool of one ([`Lane`]): documents are what is read in parallel.

use super::error::ModelError;
use super::file::Quantised;
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

/// What computes products. The library's executor cannot be sent to another thread, and is made in no time where it is
/// needed, so that a model can be shared by all threads and built in.
pub(super) struct Products;

/// A matrix made ready for products.
pub(super) struct Matrix {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    packed: PackedBMatrix<i8>,
    /// Takes back the 128 that was added to every input.
    correction: Vec<i32>,
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Products {
    pub(super) fn new() -> Products {
        Products
    }

    fn executor(&self) -> GemmExecutor<u8, i8, i32> {
        GemmExecutor::new()
    }

    /// Makes matrices of the same inputs ready as one, their outputs one after another.
    pub(super) fn matrix(&self, parts: Vec<Quantised>) -> Result<Matrix, ModelError> {
        let inputs = parts.first().map_or(0, |p| p.inputs);
        let outputs = parts.iter().map(|p| p.outputs).sum();
        let (mut weight, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            weight.extend(part.weight);
            scale.extend(part.scale);
            bias.extend(part.bias);
        }
        let sum = |row: &[i8]| row.iter().map(|w| i32::from(*w)).sum::<i32>();
        let correction = weight.chunks_exact(inputs.max(1)).map(|row| -128 * sum(row)).collect();
        let rows = NdTensorView::try_from_data([outputs, inputs], weight.as_slice());
        let rows = rows.map_err(|_| ModelError::values("a matrix", "its sizes do not agree"))?;
        let packed = self.executor().prepack_b(rows.transposed());
        Ok(Matrix { inputs, outputs, packed, correction, scale, bias })
    }

    /// Multiplies rows of bytes, each 128 more than it stands for, with a matrix; writes the sums of each row.
    pub(super) fn multiply(&self, rows: &[u8], matrix: &Matrix, sums: &mut [i32]) {
        let count = rows.len() / matrix.inputs;
        let Ok(rows) = NdTensorView::try_from_data([count, matrix.inputs], rows) else { return };
        let options = GemmOptions { bias: Some(BiasVector::Row(&matrix.correction)), ..GemmOptions::default() };
        let (a, b) = (GemmInputA::Unpacked(rows), GemmInputB::Packed(&matrix.packed));
        let done = self.executor().gemm(sums, a, b, options);
        debug_assert!(done.is_ok(), "{done:?}");
    }
}

impl Matrix {
    /// A range of the outputs of one row, as numbers: `scale` is what an integer of the row stands for.
    #[inline(always)]
    pub(super) fn numbers(&self, from: usize, sums: &[i32], scale: f32, out: &mut [f32]) {
        let end = from + out.len();
        let (scales, biases) = (&self.scale[from..end], &self.bias[from..end]);
        for (((y, sum), s), b) in out.iter_mut().zip(&sums[from..end]).zip(scales).zip(biases) {
            *y = *sum as f32 * (scale * s) + b;
        }
    }
}

/// A thread of its own in which products run unsplit. Where none can be had, they run where they are, with the same result.
pub(super) struct Lane(Option<rayon::ThreadPool>);

impl Lane {
    pub(super) fn new() -> Lane {
        Lane(rayon::ThreadPoolBuilder::new().num_threads(1).build().ok())
    }

    /// No thread of its own.
    pub(super) fn none() -> Lane {
        Lane(None)
    }

    /// Runs something in the lane and waits for it.
    pub(super) fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// A buffer brought to a length; what it held is of no use any more.
pub(super) fn room<T: Copy + Default>(buffer: &mut Vec<T>, length: usize) -> &mut [T] {
    if buffer.len() < length {
        buffer.resize(length, T::default());
    }
    &mut buffer[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance, the largest ones among them.
    fn chance(seed: u64, count: usize) -> impl Iterator<Item = i32> {
        let mut state = seed;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            match state >> 61 {
                0 => i32::MIN,
                1 => i32::MAX,
                _ => (state >> 40) as i32 % 128 - 64,
            }
        })
        .take(count)
    }

    #[test]
    fn products_are_those_of_plain_loops_on_every_machine() {
        let products = Products::new();
        for (rows, inputs, outputs) in [(1, 64, 9), (3, 192, 51), (64, 256, 128), (65, 384, 77), (130, 512, 33)] {
            let weight: Vec<i8> = chance(7, outputs * inputs).map(|n| n.clamp(-63, 63) as i8).collect();
            let bytes: Vec<u8> = chance(11, rows * inputs).map(|n| (n.clamp(-128, 127) + 128) as u8).collect();
            let part = Quantised {
                inputs,
                outputs,
                weight: weight.clone(),
                scale: vec![1.0; outputs],
                bias: vec![0.0; outputs],
            };
            let matrix = products.matrix(vec![part]).unwrap();
            let mut sums = vec![0; rows * outputs];
            products.multiply(&bytes, &matrix, &mut sums);
            for (row, sums) in bytes.chunks(inputs).zip(sums.chunks(outputs)) {
                for (weights, sum) in weight.chunks(inputs).zip(sums) {
                    let plain =
                        row.iter().zip(weights).map(|(q, w)| (i32::from(*q) - 128) * i32::from(*w)).sum::<i32>();
                    assert_eq!(*sum, plain, "{rows} x {inputs} x {outputs}");
                }
            }
        }
    }
}
