//! Identity is a digest of content, never of time or place: the same bytes have the same name everywhere.
//!
//! SHA-256 throughout, because the export names it for documents and one function is enough for the rest.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;

/// A SHA-256 digest as 64 lower-case hexadecimal digits, or a prefix of one. The digits are shared by all copies: every
/// statement names its document, and a long document has a million of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(Arc<str>);

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Digest::parse(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is not a digest")))
    }
}

/// Identity of a document: digest of its original bytes, all 64 digits.
pub type DocumentId = Digest;
/// Identity of a statement: digest of its content, 32 digits.
pub type StatementId = Digest;

impl Digest {
    /// The whole digest of some bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(digits(bytes, 32).into())
    }

    /// The first 32 digits of the digest of some bytes.
    pub fn short_of(bytes: &[u8]) -> Digest {
        Digest(digits(bytes, 16).into())
    }

    /// A digest from its written form; `None` unless it is 1 to 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Digest> {
        let fits =
            (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Digest(text.into()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight digits, for people.
    pub fn brief(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

/// The first bytes of the digest of some bytes, as digits.
fn digits(bytes: &[u8], length: usize) -> String {
    let mut text = String::with_capacity(length * 2);
    for byte in Sha256::digest(bytes).iter().take(length) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_is_the_published_sha256_of_abc() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.brief(), "ba7816bf");
        assert_eq!(Digest::parse("ba7816bf").unwrap().brief(), "ba7816bf");
        assert!(Digest::parse("BA78").is_none() && Digest::parse("").is_none());
    }
}
