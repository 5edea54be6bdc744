//! Pure functions on strings: what a name's telling words are, how dates compare, how words are put on one line. They
//! know no noun of the program, so that any crate may use them and anyone may test them with a string.

pub mod edtf;
pub mod inflection;
pub mod letters;
pub mod names;
pub mod space;
