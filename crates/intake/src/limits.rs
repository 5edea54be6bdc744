//! How much one input may cost. Without these an archive of a few kilobytes could fill the memory; with them the worst
//! case stays under a gibibyte, which is what the smallest machines our users have can spare.

/// Upper bounds for one input. Beyond them it is refused, never cut short in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub file: u64,
    /// Bytes of the text of one document.
    pub text: usize,
    /// Bytes that all members of one archive, or all parts of one compound file, may have together when expanded.
    pub expanded: u64,
    /// How many times larger than its compressed form a member may be (small members are always let through).
    pub ratio: u64,
    /// Members of one archive.
    pub members: usize,
    /// Archives inside archives.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file: 256 << 20, text: 128 << 20, expanded: 256 << 20, ratio: 200, members: 10_000, depth: 3 }
    }
}
