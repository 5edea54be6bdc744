//! A person's name as its parts. A part's role comes from words around it (`ibn`, `abu`, a comma, a rank), from its
//! ending (-ovich) and last from its place; the lists are in `data/titles.toml`. Where the order of a name cannot be
//! known the usual European one is taken, and the comparison lets the order be other.

use super::token::{Token, tokens};
use crate::latin;
use crate::sound::Sounds;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a part of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The name given to one person.
    Given,
    /// A name between the given and the family name.
    Middle,
    /// The name of a family, tribe or place of origin.
    Family,
    /// A father's name.
    Patronymic,
    /// The name of a child, with *abu* or *umm* before it.
    Kunya,
    /// A word that joins parts: *van*, *al-*, *ibn*.
    Particle,
    /// Says what the person is by rank or office.
    Rank,
    /// Says how the person is to be addressed.
    Honorific,
    /// *Junior*, *III*.
    Suffix,
}

/// One part of a person's name.
#[derive(Debug, Clone)]
pub struct Part {
    /// As it is written.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// As it is heard.
    pub sounds: Sounds,
    /// As it is heard with the particles before it.
    pub(super) whole: Option<Sounds>,
    /// In plain Latin letters.
    pub(super) latin: String,
    /// Whether it is a letter that stands for a word.
    pub(super) initial: bool,
}

/// Which sex a title tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Mr, Lord.
    Man,
    /// Mrs, Lady.
    Woman,
}

/// A person's name.
#[derive(Debug, Clone, Default)]
pub struct PersonName {
    /// Its parts in the order in which they are written.
    pub parts: Vec<Part>,
    /// The sex that a title tells.
    pub sex: Option<Sex>,
    /// Whether a comma or capitals said which part is the family name.
    pub(super) order_known: bool,
}

impl PersonName {
    /// The parts that tell who it is.
    pub fn telling(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !matches!(p.role, Role::Particle | Role::Rank | Role::Honorific | Role::Suffix))
    }

    /// The words of one role, parted by spaces.
    pub fn words(&self, role: Role) -> String {
        let all: Vec<&str> = self.parts.iter().filter(|p| p.role == role).map(|p| p.text.as_str()).collect();
        all.join(" ")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rank,
    Honorific,
    Particle,
    Patronymic,
    Kunya,
    Servant,
    Suffix,
}

#[derive(Debug, Default, Deserialize)]
struct List {
    #[serde(default)]
    words: String,
    #[serde(default)]
    man: String,
    #[serde(default)]
    woman: String,
    #[serde(default)]
    either: String,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    rank: List,
    honorific: List,
    particle: List,
    patronymic: List,
    kunya: List,
    servant: List,
    suffix: List,
}

static WORDS: LazyLock<HashMap<String, (Kind, Option<Sex>)>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/titles.toml")).unwrap_or_default();
    let mut all = HashMap::new();
    let lists = [
        (Kind::Rank, file.rank),
        (Kind::Honorific, file.honorific),
        (Kind::Particle, file.particle),
        (Kind::Patronymic, file.patronymic),
        (Kind::Kunya, file.kunya),
        (Kind::Servant, file.servant),
        (Kind::Suffix, file.suffix),
    ];
    for (kind, list) in lists {
        for (words, sex) in
            [(list.words, None), (list.man, Some(Sex::Man)), (list.woman, Some(Sex::Woman)), (list.either, None)]
        {
            for word in words.split([' ', '-']).filter(|w| !w.is_empty()) {
                all.entry(latin::word(word).text).or_insert((kind, sex));
            }
        }
    }
    all
});

fn kind(token: &Token) -> Option<(Kind, Option<Sex>)> {
    WORDS.get(token.latin.text.as_str()).copied()
}

/// The parts of a person's name.
pub fn person(name: &str) -> PersonName {
    person_of(tokens(name))
}

/// The parts of a person's name that is cut into words already.
pub(super) fn person_of(tokens: Vec<Token>) -> PersonName {
    let mut parts: Vec<(Part, bool, bool)> = Vec::with_capacity(tokens.len());
    let mut sex = None;
    let mut reader = Reader { next: None, particles: None };
    let last = tokens.len().saturating_sub(1);
    let mut servant: Option<Token> = None;
    for (n, mut token) in tokens.into_iter().enumerate() {
        let (comma, shouts) = (token.comma, token.shouts());
        let known = kind(&token).filter(|_| !token.initial);
        if let Some(before) = servant.take() {
            if n < last && matches!(known, Some((Kind::Particle, _))) {
                servant = Some(Token { text: format!("{} {}", before.text, token.text), ..before });
                continue;
            }
            token = Token {
                text: format!("{} {}", before.text, token.text),
                sounds: before.sounds.joined(&article(&token).map_or(token.sounds, |(bare, _)| bare)),
                ..token
            };
            parts.push((reader.name(token), comma, shouts));
            continue;
        }
        match known {
            Some((Kind::Servant, _)) if n < last => servant = Some(servant_of(token)),
            Some((kind, told))
                if !(n == last && parts.is_empty() && reader.is_idle()) && reader.takes(kind, n, last) =>
            {
                sex = sex.or(told);
                parts.push((reader.title(token, kind), comma, false));
            }
            Some((Kind::Rank | Kind::Honorific, told)) => {
                sex = sex.or(told);
                parts.push((part(token, Role::Honorific, None), comma, false));
            }
            _ => parts.push((reader.name(whole_servant(token)), comma, shouts)),
        }
    }
    roles(parts, sex)
}

/// What a word before another does to it.
struct Reader {
    next: Option<Role>,
    particles: Option<Sounds>,
}

impl Reader {
    fn is_idle(&self) -> bool {
        self.next.is_none() && self.particles.is_none()
    }

    /// Whether a word of a list is used as what the list says, at this place.
    fn takes(&self, kind: Kind, at: usize, last: usize) -> bool {
        match kind {
            Kind::Rank | Kind::Honorific => true,
            Kind::Suffix => at > 0,
            // "Um" and "El" are names where nothing follows.
            _ => at < last,
        }
    }

    fn title(&mut self, token: Token, kind: Kind) -> Part {
        let role = match kind {
            Kind::Rank => Role::Rank,
            Kind::Honorific => Role::Honorific,
            Kind::Suffix => Role::Suffix,
            Kind::Kunya => {
                self.next = Some(Role::Kunya);
                Role::Kunya
            }
            Kind::Patronymic => {
                self.next = Some(Role::Patronymic);
                Role::Particle
            }
            Kind::Particle | Kind::Servant => Role::Particle,
        };
        if matches!(role, Role::Particle | Role::Kunya) {
            self.particles = Some(self.particles.map_or(token.sounds, |p| p.joined(&token.sounds)));
        }
        part(token, role, None)
    }

    fn name(&mut self, mut token: Token) -> Part {
        let mut whole = self.particles.take().map(|p| token.sounds.with_article(&p));
        if let (None, Some((bare, with))) = (&whole, article(&token)) {
            token.sounds = bare;
            whole = Some(with);
        }
        let ended = SLAVIC_PATRONYMICS.iter().any(|end| token.latin.text.ends_with(end));
        let role = self.next.take().unwrap_or(if ended { Role::Patronymic } else { Role::Middle });
        part(token, role, whole)
    }
}

/// Endings of fathers' names in Slavic languages.
const SLAVIC_PATRONYMICS: &[&str] =
    &["ovich", "evich", "ovych", "evych", "ovitch", "evitch", "yich", "ovna", "evna", "ivna", "ichna", "avich"];

fn part(token: Token, role: Role, whole: Option<Sounds>) -> Part {
    Part { text: token.text, role, sounds: token.sounds, whole, latin: token.latin.text, initial: token.initial }
}

/// The sounds of a word in Arabic letters without and with the article that is written together with it.
fn article(token: &Token) -> Option<(Sounds, Sounds)> {
    let found = token.latin.vowels_missing && token.text.starts_with("ال") && token.sounds.as_slice().len() > 4;
    let bare = found.then(|| token.sounds.after(2))?;
    Some((bare, bare.with_article(&Sounds::of("ال"))))
}

/// *Abd*, *Abdul*, *Abdel* as *abd*.
fn servant_of(token: Token) -> Token {
    Token { sounds: Sounds::of(if token.latin.vowels_missing { "عبد" } else { "abd" }), ..token }
}

/// *Abdulrahman*, *Abdurrahman*, عبدالرحمن: *abd* and the name after it, without the article.
fn whole_servant(token: Token) -> Token {
    let Some(rest) = token.latin.text.strip_prefix("abd").filter(|rest| rest.len() > 3) else { return token };
    let bytes = rest.as_bytes();
    let bare = match *bytes {
        [b'a' | b'e' | b'u' | b'o' | b'i', b'l', ..] => rest.get(2..),
        [b'a' | b'e' | b'u' | b'o' | b'i', x, y, ..] if x == y => rest.get(2..),
        [b'l', ..] if token.latin.vowels_missing => rest.get(1..),
        _ => None,
    };
    let Some(bare) = bare else { return token };
    let text = format!("abd{bare}");
    let sounds = Sounds::of_latin(&latin::Latin { text, vowels_missing: token.latin.vowels_missing });
    Token { sounds, ..token }
}

/// Gives the parts that have no role yet theirs by place.
fn roles(parts: Vec<(Part, bool, bool)>, sex: Option<Sex>) -> PersonName {
    let open = |p: &Part| p.role == Role::Middle;
    let shouting = parts.iter().filter(|(p, ..)| open(p)).any(|(.., shouts)| *shouts)
        && parts.iter().filter(|(p, ..)| open(p)).any(|(p, _, shouts)| !shouts && !p.initial);
    let comma = parts
        .iter()
        .position(|(_, comma, _)| *comma)
        .filter(|n| parts.iter().skip(n + 1).any(|(p, ..)| open(p)) && parts.iter().take(n + 1).any(|(p, ..)| open(p)));
    let count = parts.iter().filter(|(p, ..)| open(p)).count();
    let fathered = parts.iter().any(|(p, ..)| p.role == Role::Patronymic);
    let mut seen = 0;
    let mut given = false;
    let mut named =
        PersonName { parts: Vec::with_capacity(parts.len()), sex, order_known: shouting || comma.is_some() };
    for (n, (mut part, _, shouts)) in parts.into_iter().enumerate() {
        if open(&part) {
            seen += 1;
            let family = match (comma, shouting) {
                (Some(comma), _) => n <= comma,
                (None, true) => shouts,
                // A name after a particle (al-Khwarizmi) is no given name, and a lone one no family name.
                (None, false) => seen == count && (count > 1 || (fathered && part.whole.is_some())),
            };
            part.role = match (family, given) {
                (true, _) => Role::Family,
                (false, false) => Role::Given,
                (false, true) => Role::Middle,
            };
            given |= part.role == Role::Given;
        }
        named.parts.push(part);
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Tests {
        test: Vec<HashMap<String, String>>,
    }

    #[test]
    fn the_tests_in_the_file_pass() {
        let tests: Tests = toml::from_str(include_str!("../../data/titles.toml")).unwrap();
        for test in tests.test {
            let read = person(&test["name"]);
            let titles: Vec<&str> = read
                .parts
                .iter()
                .filter(|p| matches!(p.role, Role::Rank | Role::Honorific))
                .map(|p| p.text.as_str())
                .collect();
            let found = [
                ("given", read.words(Role::Given)),
                ("middle", read.words(Role::Middle)),
                ("family", read.words(Role::Family)),
                ("patronymic", read.words(Role::Patronymic)),
                ("kunya", read.words(Role::Kunya)),
                ("particles", read.words(Role::Particle)),
                ("titles", titles.join(" ")),
            ];
            for (role, words) in found {
                assert_eq!(words, test.get(role).map(String::as_str).unwrap_or(""), "{role} of {read:?}");
            }
        }
    }

    #[test]
    fn a_title_tells_the_sex() {
        assert_eq!(person("Lady Hester Stanhope").sex, Some(Sex::Woman));
        assert_eq!(person("Señor Rivera").sex, Some(Sex::Man));
        assert_eq!(person("Dr Barry").sex, None);
    }
}
