//! Under which keys a name is looked for, so that among many names only few must be compared: two names that can be the
//! same share a key, nearly always. A person's name of several parts has a key for each pair of them, because one part
//! (a common given name) would bring half the names of a country together.

use super::compare::Name;
use super::organisation::Word;
use super::person::{Part, Role};
use crate::sound::Sounds;

/// At most so many parts of a name make keys.
const PARTS: usize = 5;

impl Name {
    /// How many parts of it tell who or what it is.
    pub fn size(&self) -> usize {
        match (&self.person, &self.organisation) {
            (Some(person), _) if !self.like_organisation => person.telling().filter(|p| !opens_kunya(p)).count(),
            (_, Some(organisation)) => organisation.words.iter().filter(|w| w.weight > 0.2).count(),
            _ => 0,
        }
    }

    /// Whether it can be a person called by one part of a name, with letters for others or without.
    pub fn is_short(&self) -> bool {
        let Some(person) = self.person.as_ref().filter(|_| !self.like_organisation) else { return false };
        person.telling().filter(|p| !p.initial && !opens_kunya(p)).count() == 1
    }

    /// How many sounds its telling parts have.
    pub fn sounds(&self) -> usize {
        match (&self.person, &self.organisation) {
            (Some(person), _) => person.telling().map(|p| p.sounds.as_slice().len()).sum(),
            (None, Some(organisation)) => organisation.words.iter().map(|w| w.sounds.as_slice().len()).sum(),
            (None, None) => 0,
        }
    }

    /// The letters, if it may stand for a longer name (`RNLI`).
    pub fn letters(&self) -> Option<&str> {
        self.organisation.as_ref()?.letters.as_deref()
    }

    /// Keys of the whole name: names that share none are not compared.
    pub fn blocks(&self) -> Vec<String> {
        let mut keys = match (&self.person, &self.organisation) {
            (Some(person), None) => person_blocks(&person.telling().collect::<Vec<_>>()),
            (_, Some(organisation)) => {
                let mut words: Vec<String> =
                    organisation.words.iter().filter(|w| w.weight > 0.2).map(word_key).collect();
                words.sort();
                words.dedup();
                let mut keys = vec![words.join(" ")];
                if let Some(letters) = &organisation.letters {
                    keys.push(format!("={letters}"));
                }
                let all = organisation.initials.to_ascii_lowercase();
                let main: String = organisation.initials.chars().filter(char::is_ascii_uppercase).collect();
                if organisation.words.len() > 1 {
                    keys.push(format!("={all}"));
                    keys.push(format!("={}", main.to_ascii_lowercase()));
                }
                keys
            }
            (None, None) => Vec::new(),
        };
        keys.extend(self.run_together().map(|sounds| format!("~{}", sounds.skeleton())));
        keys.retain(|k| !k.is_empty());
        keys.sort();
        keys.dedup();
        keys
    }

    /// The sounds of all its words as if they were written as one (*Ansar Allah*, *Ansarullah*), if there are few.
    pub fn run_together(&self) -> Option<Sounds> {
        let organisation = self.organisation.as_ref().filter(|o| o.letters.is_none() && o.words.len() <= 3)?;
        let joined: String = organisation.words.iter().map(|w| w.text.to_lowercase()).collect();
        Some(Sounds::of(&joined)).filter(|sounds| sounds.as_slice().len() >= 5)
    }

    /// The keys of all its parts at once: finer than any of [`Name::blocks`].
    pub fn whole_key(&self) -> String {
        let mut all: Vec<String> = match (&self.person, &self.organisation) {
            (Some(person), _) => person.telling().map(|p| p.sounds.skeleton()).collect(),
            (None, Some(organisation)) => organisation.words.iter().map(word_key).collect(),
            (None, None) => Vec::new(),
        };
        all.sort();
        all.join(" ")
    }

    /// Keys of the parts by which a person is called alone: the family name, and where a title stands before it
    /// (*President Lincoln*, but *King Edward*) the given name too.
    pub fn called(&self, titled: bool) -> Vec<String> {
        let Some(person) = &self.person else { return Vec::new() };
        let calling = |p: &&Part| !p.initial && (p.role == Role::Family || (titled && p.role == Role::Given));
        let mut keys: Vec<String> = person.telling().filter(calling).flat_map(|p| p.sounds.skeletons()).collect();
        // A kunya is a name of its own: Abu Mahdi is no Mahdi.
        let kunyas = person.telling().filter(|p| p.role == Role::Kunya && !opens_kunya(p));
        keys.extend(kunyas.flat_map(|p| p.sounds.skeletons()).map(|key| format!("abu {key}")));
        keys.sort();
        keys.dedup();
        keys
    }

    /// Whether a title stands in it.
    pub fn is_titled(&self) -> bool {
        self.person.as_ref().is_some_and(|p| p.parts.iter().any(|p| matches!(p.role, Role::Rank | Role::Honorific)))
    }
}

/// Whether a part is the word that says that a kunya follows (*Abu*).
fn opens_kunya(part: &Part) -> bool {
    part.role == Role::Kunya && part.latin.len() < 4
}

fn word_key(word: &Word) -> String {
    match (word.idea, word.number) {
        (_, Some(number)) => number.to_string(),
        (Some(idea), _) => format!("#{idea}"),
        _ => word.sounds.skeleton(),
    }
}

fn person_blocks(parts: &[&Part]) -> Vec<String> {
    let full: Vec<Vec<String>> =
        parts.iter().filter(|p| !p.initial).take(PARTS).map(|p| p.sounds.skeletons()).collect();
    if let [only] = full.as_slice() {
        let initials = parts.iter().any(|p| p.initial);
        return only.iter().map(|key| format!("{}{key}", if initials { "." } else { "1 " })).collect();
    }
    let mut keys = Vec::new();
    for (n, first) in full.iter().enumerate() {
        for second in full.iter().skip(n + 1) {
            for (a, b) in first.iter().flat_map(|a| second.iter().map(move |b| (a, b))) {
                let (a, b) = if a <= b { (a, b) } else { (b, a) };
                keys.push(format!("{a} {b}"));
            }
        }
    }
    // "Jean Baptiste" and "Jeanbaptiste" meet as one word.
    if let (2, [first, second]) = (full.len(), parts) {
        keys.push(format!("1 {}", first.sounds.joined(&second.sounds).skeleton()));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::super::Schema;
    use super::*;

    fn share(a: &str, b: &str, schema: Schema) -> bool {
        let (a, b) = (Name::new(a, schema).blocks(), Name::new(b, schema).blocks());
        a.iter().any(|key| b.contains(key))
    }

    #[test]
    fn names_that_can_be_one_meet() {
        for (a, b) in [
            ("Zinovy Rozhestvensky", "Рожественский, Зиновий Петрович"),
            ("Qasim Amin", "قاسم أمين"),
            ("Gamal Hamdan", "Jamal Hamdan"),
            ("Hayreddin", "Khayreddin"),
            ("Thomas Hardy", "Thomas M. Hardy"),
        ] {
            assert!(share(a, b, Schema::Person), "{a} and {b}");
        }
        assert!(share("RNLI", "Royal National Lifeboat Institution", Schema::Organisation));
        assert!(share("Ministry of Defence", "وزارة الدفاع", Schema::Organisation));
        assert!(!share("Tom Lowry", "Anne Fenwick", Schema::Person));
        assert!(!share("Anne Lowry", "Anne Fenwick", Schema::Person), "one common part is not enough");
    }
}
