//! Names as words: what is left of a name when titles and articles are taken away.

/// The words of a name that tell it from others: lower case, without titles and articles.
pub fn key(name: &str) -> Vec<String> {
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let bare: Vec<String> = words.iter().filter(|w| !TITLES.contains(&w.as_str())).cloned().collect();
    if bare.is_empty() { words } else { bare }
}

/// Words before a name that say what the person is, not who.
const TITLES: &[&str] = &[
    "admiral",
    "ambassador",
    "ayatollah",
    "baron",
    "captain",
    "chancellor",
    "colonel",
    "commander",
    "count",
    "dr",
    "earl",
    "emperor",
    "father",
    "gen",
    "general",
    "governor",
    "judge",
    "king",
    "lady",
    "lieutenant",
    "lord",
    "lt",
    "major",
    "martyr",
    "mayor",
    "minister",
    "mr",
    "mrs",
    "ms",
    "president",
    "prime",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rear",
    "rev",
    "secretary",
    "senator",
    "sergeant",
    "sheikh",
    "sir",
    "skipper",
    "the",
    "vice",
    "viscount",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_do_not_tell_people_apart_but_may_stand_alone() {
        assert_eq!(key("Vice-Admiral Zinovy Rozhestvensky"), ["zinovy", "rozhestvensky"]);
        assert_eq!(key("The Admiral"), ["the", "admiral"]);
    }
}
