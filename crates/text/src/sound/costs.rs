//! What it costs to take one sound for another or to lose it, from the file `data/sounds.toml`, in hundredths of a
//! consonant, so that sums are whole numbers and the same on every machine.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The file of sounds.
#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    costs: BTreeMap<String, u16>,
    #[serde(default)]
    near: BTreeMap<String, u16>,
}

/// Costs in hundredths of a consonant.
pub(super) struct Costs {
    /// What one sound for another costs.
    exchange: Vec<[u16; 128]>,
    /// What a lost sound costs.
    lost: [u16; 128],
    pub(super) first: u16,
    pub(super) swapped: u16,
    unwritten_vowel: u16,
    written_glide: u16,
    mute_e: u16,
}

pub(super) static COSTS: LazyLock<Costs> =
    LazyLock::new(|| Costs::from(&toml::from_str(include_str!("../../data/sounds.toml")).unwrap_or_default()));

fn vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

impl Costs {
    fn from(file: &File) -> Costs {
        let cost = |name: &str, otherwise| file.costs.get(name).copied().unwrap_or(otherwise);
        let mut exchange = vec![[0; 128]; 128];
        let mut lost = [cost("lost_consonant", 95); 128];
        let sounds: Vec<u8> = (0..128).collect();
        for (&a, row) in sounds.iter().zip(exchange.iter_mut()) {
            for (&b, place) in sounds.iter().zip(row.iter_mut()) {
                *place = match (a == b, vowel(a), vowel(b)) {
                    (true, ..) => 0,
                    (_, true, true) => cost("other_vowel", 40),
                    (_, false, false) => cost("other_consonant", 100),
                    _ => cost("vowel_for_consonant", 140),
                };
            }
        }
        for (pair, cost) in &file.near {
            if let [a, b] = *pair.as_bytes() {
                for (a, b) in [(a, b), (b, a)] {
                    if let Some(place) = exchange.get_mut(usize::from(a)).and_then(|r| r.get_mut(usize::from(b))) {
                        *place = *cost;
                    }
                }
            }
        }
        for (names, value) in
            [("aeiou", cost("lost_vowel", 35)), ("yw", cost("lost_glide", 30)), ("h", cost("lost_breath", 30))]
        {
            for sound in names.bytes() {
                if let Some(place) = lost.get_mut(usize::from(sound)) {
                    *place = value;
                }
            }
        }
        let (first, swapped) = (cost("first", 30), cost("swapped", 60));
        let (unwritten_vowel, written_glide) = (cost("unwritten_vowel", 6), cost("written_glide", 70));
        Costs { exchange, lost, first, swapped, unwritten_vowel, written_glide, mute_e: cost("mute_e", 10) }
    }

    pub(super) fn exchange(&self, a: u8, b: u8) -> u16 {
        self.exchange.get(usize::from(a)).and_then(|row| row.get(usize::from(b))).copied().unwrap_or(100)
    }

    /// What is lost with a sound: little if it is a short vowel that the other script does not write, much if it is a
    /// long one that this script does write.
    pub(super) fn lost(&self, sound: u8, (at, end): (usize, usize), unwritten: bool, written: bool) -> u16 {
        if sound == b'e' && at == end && at > 1 {
            return self.mute_e;
        }
        if unwritten && at > 0 && vowel(sound) {
            return self.unwritten_vowel;
        }
        if written && matches!(sound, b'y' | b'w') {
            return self.written_glide;
        }
        self.lost.get(usize::from(sound)).copied().unwrap_or(95)
    }
}
