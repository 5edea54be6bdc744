//! Forms of regular English verbs, so that a list of words holds a verb once.

/// The third person singular of a regular verb: `deny` becomes `denies`.
pub fn third_person(base: &str) -> String {
    if let Some(stem) = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    let hissing = base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh");
    format!("{base}{}", if hissing { "es" } else { "s" })
}

/// The present participle of a regular verb: `stop` becomes `stopping`.
pub fn gerund(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    let dropped = base.strip_suffix('e').filter(|s| !s.ends_with(['e', 'o', 'y']) && s.len() > 1);
    format!("{}ing", dropped.map_or_else(|| doubled(base), str::to_owned))
}

/// The past of a regular verb: `argue` becomes `argued`.
pub fn past_of(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    if let Some(stem) = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        return format!("{stem}ied");
    }
    format!("{}ed", doubled(base))
}

/// The base with its last consonant doubled where a short stressed vowel stands before it: stop, refer, but not open.
fn doubled(base: &str) -> String {
    let letters: Vec<char> = base.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let &[.., a, b, c] = letters.as_slice() else { return base.to_owned() };
    let short = letters.iter().filter(|c| vowel(**c)).count() == 1;
    let stressed =
        ["admit", "commit", "permit", "refer", "occur", "regret", "submit", "compel", "expel", "deter", "quit"]
            .iter()
            .any(|end| base.ends_with(end))
            || [
                "prefer", "rebut", "concur", "repel", "defer", "confer", "transfer", "propel", "patrol", "emit",
                "rebel",
            ]
            .contains(&base);
    let closed = !vowel(c) && vowel(b) && (!vowel(a) || base.ends_with("quit")) && !"wxyh".contains(c);
    if closed && (short || stressed) { format!("{base}{c}") } else { base.to_owned() }
}

/// The base form that a regular past or present participle is most likely made of.
pub fn base_of(word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some(stem) = lower.strip_suffix("ied") {
        return format!("{stem}y");
    }
    let stem = lower.strip_suffix("ed").or_else(|| lower.strip_suffix("ing")).unwrap_or(&lower);
    let bytes = stem.as_bytes();
    let doubled = bytes.len() > 3
        && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
        && !stem.ends_with("ss")
        && !stem.ends_with("ll");
    if doubled {
        return stem.get(..stem.len() - 1).unwrap_or(stem).to_owned();
    }
    let silent = ["dg", "c", "v", "z", "u", "rs", "ns", "iat", "eat", "rat", "cat", "lat", "uat"]
        .iter()
        .any(|e| stem.ends_with(e));
    if silent && stem.len() > 2 && stem.len() < lower.len() { format!("{stem}e") } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_as_english_makes_them() {
        let made = |base: &str| [third_person(base), past_of(base), gerund(base)].join(" ");
        assert_eq!(made("deny"), "denies denied denying");
        assert_eq!(made("stop"), "stops stopped stopping");
        assert_eq!(made("open"), "opens opened opening");
        assert_eq!(made("admit"), "admits admitted admitting");
        assert_eq!(made("agree"), "agrees agreed agreeing");
        assert_eq!(made("argue"), "argues argued arguing");
        assert_eq!(made("insist"), "insists insisted insisting");
        assert_eq!(made("vow"), "vows vowed vowing");
        assert_eq!(made("lie"), "lies lied lying");
    }

    #[test]
    fn a_base_is_found_again() {
        let bases = ["dredged", "carried", "stopped", "towing"].map(base_of);
        assert_eq!(bases, ["dredge", "carry", "stop", "tow"]);
    }
}
