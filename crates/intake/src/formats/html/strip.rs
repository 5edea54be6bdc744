//! Tags off, words kept, in one pass and without a tree: for pages that no parser should be given. Menus stay in.

use crate::extract::Builder;
use rashomon_core::ZoneKind;

/// Elements that begin a new paragraph.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Elements whose contents nobody sees.
pub fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "head"
            | "title"
            | "svg"
            | "iframe"
            | "object"
            | "canvas"
            | "select"
            | "textarea"
            | "datalist"
            | "audio"
            | "video"
            | "noframes"
            | "noembed"
    )
}

/// Elements that never hold others, or may end without saying so.
fn is_flat(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "option"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
    )
}

/// How deep elements stand inside each other at most, roughly.
pub fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for (at, _) in html.match_indices('<') {
        let rest = html.get(at + 1..).unwrap_or_default();
        if let Some(end) = rest.strip_prefix('/') {
            depth = depth.saturating_sub(usize::from(!is_flat(&name(end))));
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_flat(&name(rest)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

fn name(tag: &str) -> String {
    tag.chars().take(16).take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The words of a page, a paragraph for each block.
pub fn strip(html: &str, builder: &mut Builder) {
    let mut words = String::new();
    let mut rest = html;
    let mut endless: Vec<String> = Vec::new();
    while let Some((text, tag)) = rest.split_once('<') {
        words.push_str(text);
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if !is_tag {
            words.push('<');
            rest = tag;
            continue;
        }
        let opened = name(tag.trim_start_matches('/'));
        rest = if let Some(comment) = tag.strip_prefix("!--") {
            comment.split_once("-->").map_or("", |x| x.1)
        } else {
            tag.split_once('>').map_or("", |x| x.1)
        };
        if !tag.starts_with('/') && is_unseen(&opened) && opened != "head" && !endless.contains(&opened) {
            match after(rest, &opened) {
                Some(after) => rest = after,
                // Not to be looked for again, or a page of nothing else would take hours.
                None => endless.push(opened.clone()),
            }
        }
        if is_block(&opened) || matches!(opened.as_str(), "br" | "td" | "th") {
            flush(&mut words, builder);
        }
    }
    words.push_str(rest);
    flush(&mut words, builder);
}

/// What follows the contents of an element; nothing where the element has no end: then its words are kept.
fn after<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let mut ends = html.match_indices("</").map(|(at, _)| html.get(at..).unwrap_or_default());
    ends.find(|end| self::name(end.get(2..).unwrap_or_default()) == name)
}

fn flush(words: &mut String, builder: &mut Builder) {
    let resolve = quick_xml::escape::resolve_html5_entity;
    let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = quick_xml::escape::unescape_with(&text, resolve).map_or_else(|_| text.clone(), |t| t.into_owned());
    builder.paragraph(ZoneKind::Body, &plain);
    words.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_tags_go() {
        let mut builder = Builder::default();
        let html = "<p>The mill &amp; <b>weir</b><!-- <p>x --><script>if (a<b) {}</script><div>3 < 4</div><style>y";
        strip(html, &mut builder);
        assert_eq!(builder.finish().text, "The mill & weir\n\n3 < 4\n\ny\n");
        assert_eq!(depth("<div><p><p><p><div></div></div><div>"), 2);
    }
}
