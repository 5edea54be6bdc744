//! How an entry of the log is written: JSON, packed with zlib where it is long. Both are forms that any tool can open
//! without this program, for as long as there are tools. A checksum over kind and body tells a damaged entry from a
//! written one; it is no seal against forgery (grounding is what keeps invented words out).

use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc, Decompress, FlushDecompress, Status};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::io::{self, BufReader, BufWriter, Write as _};

/// Above this packed size a body is parsed while it is unpacked, so that it never stands unpacked in memory.
const STREAM_FROM: usize = 8 << 20;

// Packing and unpacking need hundreds of kilobytes each; making those anew for every entry costs more than the work.
thread_local! {
    static PACKER: RefCell<ZlibEncoder<Vec<u8>>> = RefCell::new(ZlibEncoder::new(Vec::new(), Compression::new(3)));
    static UNPACKER: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

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
        PACKER.with_borrow_mut(|packer| {
            packer.reset(Vec::new())?;
            let mut writer = BufWriter::with_capacity(1 << 16, &mut *packer);
            serde_json::to_writer(&mut writer, value)?;
            writer.flush()?;
            drop(writer);
            Ok(Body { form: Form::Packed, bytes: packer.reset(Vec::new())? })
        })
    }

    /// What was written.
    pub fn open<T: DeserializeOwned>(&self) -> Result<T, String> {
        match self.form {
            Form::Plain => serde_json::from_slice(&self.bytes).map_err(|e| e.to_string()),
            Form::Packed if self.bytes.len() >= STREAM_FROM => {
                let reader = BufReader::with_capacity(1 << 16, ZlibDecoder::new(self.bytes.as_slice()));
                serde_json::from_reader(reader).map_err(|e| e.to_string())
            }
            Form::Packed => serde_json::from_slice(&unpack(&self.bytes)?).map_err(|e| e.to_string()),
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

fn unpack(packed: &[u8]) -> Result<Vec<u8>, String> {
    UNPACKER.with_borrow_mut(|unpacker| {
        unpacker.reset(true);
        let mut text = Vec::with_capacity(packed.len() * 8 + 64);
        loop {
            let rest = packed.get(unpacker.total_in() as usize..).unwrap_or_default();
            let before = (unpacker.total_in(), unpacker.total_out());
            let status =
                unpacker.decompress_vec(rest, &mut text, FlushDecompress::Finish).map_err(|e| e.to_string())?;
            if status == Status::StreamEnd {
                return Ok(text);
            }
            if text.len() < text.capacity() && before == (unpacker.total_in(), unpacker.total_out()) {
                return Err("it is cut off".into());
            }
            text.reserve(text.capacity());
        }
    })
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
    fn a_packed_body_that_is_cut_off_or_garbled_is_an_error_and_the_next_is_not() {
        let value: Vec<String> = (0..500).map(|n| format!("sluice {n}")).collect();
        let body = Body::packed(&value).unwrap();
        for length in [0, 1, 2, 30, body.bytes.len() / 2, body.bytes.len() - 1] {
            let cut = Body { form: Form::Packed, bytes: body.bytes[..length].to_vec() };
            assert!(cut.open::<Vec<String>>().is_err(), "{length}");
            assert_eq!(body.open::<Vec<String>>().unwrap(), value);
        }
        let mut garbled = Body { form: Form::Packed, bytes: body.bytes.clone() };
        garbled.bytes[20..60].fill(0xEE);
        assert!(garbled.open::<Vec<String>>().is_err());
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
