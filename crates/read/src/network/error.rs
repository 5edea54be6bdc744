//! Why weights cannot be used. Whatever is wrong with the file, it is said in words; nothing of the libraries shows.

/// Why a file is no model that can be used here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes are not in the form of a model at all, or not whole.
    #[error("these are not the weights of a reader, or they are damaged: {0}")]
    Damaged(String),
    /// A part is missing.
    #[error("the weights lack the part {0}; were they made for another version?")]
    Missing(String),
    /// A part has another size or type than the others ask for.
    #[error(
        "the part {part} of the weights is {found}, but {wanted} was expected; were they made for another version?"
    )]
    Shape {
        /// Its name.
        part: String,
        /// What it is.
        found: String,
        /// What it should be.
        wanted: String,
    },
    /// A part holds values that make no sense.
    #[error("the part {part} of the weights cannot be used: {why}")]
    Values {
        /// Its name.
        part: String,
        /// What is wrong with it.
        why: String,
    },
}

impl ModelError {
    /// A part with values that make no sense.
    pub(super) fn values(part: &str, why: impl Into<String>) -> ModelError {
        ModelError::Values { part: part.to_owned(), why: why.into() }
    }
}
