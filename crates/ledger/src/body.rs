//! How an entry of the log is written: JSON, packed with zlib where it is long. Both are forms that any tool can open
//! without this program, for as long as there are tools. A checksum over kind and body tells a damaged entry from a
//! written one; it is no seal against forgery (grounding is what keeps invented words out).

use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};

/// Above this packed size a body is parsed while it is unpacked, so that it never stands unpacked in memory.
const STREAM_FROM: usize = 8 << 20;

/// The form of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON as it is.
    Plain,
    /// JSON in a zlib stream.
    Packed,
}

impl Form {
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Plain => "json",
            Form::Packed => "json+zlib",
        }
    }

    pub fn parse(text: &str) -> Option<Form> {
        [Form::Plain, Form::Packed].into_iter().find(|f| f.as_str() == text)
    }
}

/// A body ready to be stored.
#[derive(Debug)]
pub(crate) struct Body {
    pub form: Form,
    pub bytes: Vec<u8>,
}

impl Body {
    /// Something small, kept readable.
    pub fn plain(value: &impl Serialize) -> io::Result<Body> {
        Ok(Body { form: Form::Plain, bytes: serde_json::to_vec(value)? })
    }

    /// Something long.
    pub fn packed(value: &impl Serialize) -> io::Result<Body> {
        let mut writer = BufWriter::with_capacity(1 << 16, ZlibEncoder::new(Vec::new(), Compression::fast()));
        serde_json::to_writer(&mut writer, value)?;
        writer.flush()?;
        let encoder = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Body { form: Form::Packed, bytes: encoder.finish()? })
    }

    /// What was written.
    pub fn open<T: DeserializeOwned>(&self) -> Result<T, String> {
        match self.form {
            Form::Plain => serde_json::from_slice(&self.bytes).map_err(|e| e.to_string()),
            Form::Packed if self.bytes.len() >= STREAM_FROM => {
                let reader = BufReader::with_capacity(1 << 16, ZlibDecoder::new(self.bytes.as_slice()));
                serde_json::from_reader(reader).map_err(|e| e.to_string())
            }
            Form::Packed => {
                let mut json = Vec::with_capacity(self.bytes.len() * 6);
                ZlibDecoder::new(self.bytes.as_slice()).read_to_end(&mut json).map_err(|e| e.to_string())?;
                serde_json::from_slice(&json).map_err(|e| e.to_string())
            }
        }
    }

    /// CRC-32 over the kind of the entry and the body as stored.
    pub fn checksum(&self, kind: &str) -> u32 {
        let mut crc = Crc::new();
        crc.update(kind.as_bytes());
        crc.update(&self.bytes);
        crc.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_give_back_what_was_put_in_and_a_flipped_bit_is_seen() {
        let value: Vec<String> = (0..500).map(|n| format!("The mill ground {n} sacks. نان")).collect();
        for mut body in [Body::plain(&value).unwrap(), Body::packed(&value).unwrap()] {
            assert_eq!(Form::parse(body.form.as_str()), Some(body.form));
            assert_eq!(body.open::<Vec<String>>().unwrap(), value);
            let sum = body.checksum("document");
            assert_ne!(sum, body.checksum("reading"));
            body.bytes[40] ^= 1;
            assert_ne!(sum, body.checksum("document"));
        }
    }

    #[test]
    fn a_body_too_long_to_unpack_at_once_is_read_as_it_is_unpacked() {
        // Digits of a linear congruence do not pack well, so that the packed size passes the limit.
        let mut n = 1u64;
        let mut next = || {
            n = n.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            n >> 8
        };
        let value: Vec<u64> = (0..1_200_000).map(|_| next()).collect();
        let body = Body::packed(&value).unwrap();
        assert!(body.bytes.len() >= STREAM_FROM, "{}", body.bytes.len());
        assert_eq!(body.open::<Vec<u64>>().unwrap(), value);
    }
}
