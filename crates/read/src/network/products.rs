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
