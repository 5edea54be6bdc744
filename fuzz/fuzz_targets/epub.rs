//! Any bytes as EPUB: no panic of ours, no end of the program, and every document keeps the laws of documents.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rashomon_fuzz::format("EPUB", data));
