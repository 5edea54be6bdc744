//! Scripts, styles and comments out of a page before it is parsed: they are most of many pages, nobody reads them, and
//! parsing them takes more time than all the rest. Only what certainly is one goes; where the page is doubtful (a script
//! that hides another, a quotation mark that never closes) the rest is left for the parser, which knows every rule.

/// The page without scripts, styles and comments. Structured data (JSON-LD) stays.
pub fn lighten(html: &str) -> String {
    let mut light = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        light.push_str(before);
        match step(tag) {
            Step::Keep(length) => {
                let (kept, after) = tag.split_at(length);
                light.push_str(kept);
                rest = after;
            }
            Step::Drop(length) => rest = tag.get(length..).unwrap_or_default(),
            Step::Doubt => {
                light.push_str(tag);
                return light;
            }
        }
    }
    light.push_str(rest);
    light
}

/// What to do with the beginning of a page that begins with `<`.
enum Step {
    /// Bytes to copy.
    Keep(usize),
    /// Bytes to leave out.
    Drop(usize),
    /// Leave all of the rest as it is.
    Doubt,
}

fn step(tag: &str) -> Step {
    if tag.starts_with("<!--") {
        return comment(tag);
    }
    let name_at = if tag.starts_with("</") { 2 } else { 1 };
    if !tag.as_bytes().get(name_at).is_some_and(u8::is_ascii_alphabetic) {
        return Step::Keep(1);
    }
    let Some(end) = end_of_tag(tag) else { return Step::Doubt };
    if name_at == 2 {
        return Step::Keep(end);
    }
    let name = name(tag, 1);
    let (opening, contents) = tag.split_at(end);
    match name.to_ascii_lowercase().as_str() {
        "script" | "style" => match end_of_element(contents, name) {
            Some(length) if contents.get(..length).is_some_and(|c| !c.contains("<!--")) && !is_data(opening) => {
                Step::Drop(end + length)
            }
            Some(length) if is_data(opening) => Step::Keep(end + length),
            _ => Step::Doubt,
        },
        // In these a `<` is text.
        "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" => {
            end_of_element(contents, name).map_or(Step::Doubt, |length| Step::Keep(end + length))
        }
        "plaintext" => Step::Doubt,
        _ => Step::Keep(end),
    }
}

/// A comment that is plainly one; the short and the broken ones are the parser's.
fn comment(tag: &str) -> Step {
    let inner = tag.get(4..).unwrap_or_default();
    if inner.starts_with(['>', '-']) {
        return Step::Keep(4);
    }
    match inner.find("-->") {
        Some(end) if !inner.get(..end).is_some_and(|c| c.contains("--!>")) => Step::Drop(4 + end + 3),
        _ => Step::Doubt,
    }
}

fn is_data(opening: &str) -> bool {
    opening.to_ascii_lowercase().contains("ld+json")
}

/// The letters of a tag's name.
fn name(tag: &str, from: usize) -> &str {
    let letters = tag.get(from..).unwrap_or_default();
    let end = letters.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(letters.len());
    letters.get(..end).unwrap_or_default()
}

/// The byte after the `>` that ends a tag; quotation marks of attributes hide others.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut value = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(at + 1),
            // A mark opens a value only where one may begin; elsewhere it is a stray one.
            (None, b'"' | b'\'') if value => quote = Some(byte),
            (None, _) => {}
        }
        value = byte == b'=' || (value && byte.is_ascii_whitespace());
    }
    None
}

/// Bytes from the start of an element's contents to the end of its closing tag.
fn end_of_element(contents: &str, name: &str) -> Option<usize> {
    let closes = |at: usize| {
        let after = contents.get(at + 2..at + 2 + name.len())?;
        let ends = contents.as_bytes().get(at + 2 + name.len());
        let whole = ends.is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
        (after.eq_ignore_ascii_case(name) && whole).then_some(at)
    };
    let at = contents.match_indices("</").find_map(|(at, _)| closes(at))?;
    end_of_tag(contents.get(at..)?).map(|length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_comments_go_and_words_stay() {
        let html =
            "<p a='<script>'>x<SCRIPT src=\"a>b\">if (a<b) '</p>'</script >y<!-- <p>z --><style>p{}</style><b>w</b>";
        assert_eq!(lighten(html), "<p a='<script>'>xy<b>w</b>");
        let data = "<script type='application/ld+json'>{\"a\":\"<!-- -->\"}</script>";
        assert_eq!(lighten(data), data);
        assert_eq!(
            lighten("<title>a <script> b</title><textarea><!-- </textarea>3 < 4"),
            "<title>a <script> b</title><textarea><!-- </textarea>3 < 4"
        );
    }

    #[test]
    fn what_is_doubtful_is_left_to_the_parser() {
        for html in [
            "a<script><!-- document.write('<script>x</script>') --></script>b",
            "a<script>never closed <p>b",
            "a<p title=\"never closed>b<script>x</script>",
            "a<!-->b<!-- x --!>c --><script>y</script>",
            "<plaintext><script>x</script>",
        ] {
            let light = lighten(html);
            assert!(html.ends_with(&light[light.len().saturating_sub(8)..]), "{light}");
            assert_eq!(light.len(), html.len(), "{light}");
        }
    }
}
