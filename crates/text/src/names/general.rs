//! Names as words: what is left of a name when titles and articles are taken away.

/// The words of a name that tell it from others: lower case, without titles and articles.
pub fn key(name: &str) -> Vec<String> {
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let bare: Vec<String> = words.iter().filter(|w| !TITLES.contains(&w.as_str())).cloned().collect();
    if bare.is_empty() { words } else { bare }
}

/// Whether a name is made of titles and general words only ("the Admiral", "Commission"): such a name tells who is meant
/// within one document, where the reader knows which, and not across documents.
pub fn is_general(name: &str) -> bool {
    key(name).iter().all(|w| TITLES.contains(&w.as_str()) || GENERAL.contains(&w.as_str()))
}

/// What bodies of people are called everywhere.
const GENERAL: &[&str] = &[
    "administration",
    "admiralty",
    "agency",
    "army",
    "assembly",
    "association",
    "board",
    "cabinet",
    "church",
    "club",
    "commission",
    "commissioners",
    "committee",
    "company",
    "congress",
    "council",
    "court",
    "delegation",
    "department",
    "embassy",
    "fleet",
    "force",
    "forces",
    "front",
    "government",
    "group",
    "house",
    "infirmary",
    "inquiry",
    "institute",
    "league",
    "legation",
    "legislature",
    "ministry",
    "movement",
    "navy",
    "office",
    "opposition",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "press",
    "republic",
    "school",
    "senate",
    "service",
    "society",
    "squadron",
    "staff",
    "state",
    "union",
    "university",
];

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
        assert!(is_general("The Admiral") && is_general("Commission") && is_general("the General Staff"));
        assert!(!is_general("Admiral Dubasov") && !is_general("Hull Commission"));
    }
}
