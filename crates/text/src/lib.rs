//! Pure functions on strings: whose name is whose, how dates compare, how words are put on one line. They
//! know no noun of the program, so that any crate may use them and anyone may test them with a string.

pub mod days;
pub mod edtf;
pub mod inflection;
pub mod overlap;
pub mod letters;
pub mod script;
pub mod states;
pub mod latin;
pub mod sound;
pub mod names;
pub mod space;
