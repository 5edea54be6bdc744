//! A stretch of tokens: the unit in which all steps speak of places.

/// A half-open range of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Range {
    /// First token.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
}

impl Range {
    /// A range; empty where the ends cross.
    pub(crate) fn new(start: usize, end: usize) -> Range {
        Range { start, end: end.max(start) }
    }
    /// Number of tokens.
    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
    /// Whether it holds no token.
    pub(crate) fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// Whether a token lies in it.
    pub(crate) fn has(self, token: usize) -> bool {
        self.start <= token && token < self.end
    }
    /// Whether another range lies wholly in it.
    pub(crate) fn contains(self, other: Range) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// The smallest range that holds both.
    pub(crate) fn cover(self, other: Range) -> Range {
        Range { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// The tokens' indices.
    pub(crate) fn indices(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}
