//! A tree of HTML as paragraphs: white space as a browser shows it, blocks apart, headings and captions as zones. Used
//! for pages, letters and books. Without recursion, because the depth of a page is in its maker's hand.

use super::strip::{is_block, is_unseen};
use crate::extract::Builder;
use dom_query::NodeRef;
use rashomon_core::ZoneKind;

/// Adds what stands below a node to a text.
pub fn walk(root: &NodeRef<'_>, builder: &mut Builder) {
    let mut writer = Writer { builder, kinds: Vec::new(), space: false, preserved: 0, raised: 0 };
    writer.builder.close();
    let mut node = root.first_child();
    while let Some(current) = node {
        let entered = writer.enter(&current);
        if let Some(child) = current.first_child().filter(|_| entered) {
            node = Some(child);
            continue;
        }
        if entered {
            writer.leave(&current);
        }
        node = writer.next(current, root);
    }
    writer.builder.close();
}

struct Writer<'b> {
    builder: &'b mut Builder,
    /// Zones of the open elements that set one.
    kinds: Vec<ZoneKind>,
    /// White space was seen and not yet written.
    space: bool,
    preserved: usize,
    raised: usize,
}

impl Writer<'_> {
    /// The node after this one and its contents, leaving the elements that end on the way.
    fn next<'a>(&mut self, from: NodeRef<'a>, root: &NodeRef<'_>) -> Option<NodeRef<'a>> {
        let mut current = from;
        loop {
            if let Some(sibling) = current.next_sibling() {
                return Some(sibling);
            }
            current = current.parent().filter(|p| p.id != root.id)?;
            self.leave(&current);
        }
    }

    /// Begins a node; whether its contents are to be seen.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.text(&node.text());
            return false;
        }
        let Some(name) = node.node_name() else { return !node.is_comment() && !node.is_doctype() };
        let name: &str = &name;
        if is_unseen(name) || is_hidden(node) {
            return false;
        }
        match name {
            "br" => self.line_break(),
            "td" | "th" if !holds_blocks(node) => self.cell(),
            "td" | "th" => self.paragraph(),
            "q" => self.text("“"),
            "pre" => self.preserved += 1,
            "sup" => self.raised += 1,
            _ => {}
        }
        if let Some(kind) = kind(node, name) {
            self.kinds.push(kind);
        }
        if is_block(name) {
            self.paragraph();
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        match name {
            "q" => self.text("”"),
            "pre" => self.preserved = self.preserved.saturating_sub(1),
            "sup" => self.raised = self.raised.saturating_sub(1),
            "td" | "th" if holds_blocks(node) => self.paragraph(),
            _ => {}
        }
        if kind(node, name).is_some() {
            self.kinds.pop();
        }
        if is_block(name) {
            self.paragraph();
        }
    }

    fn paragraph(&mut self) {
        self.builder.close();
        self.space = false;
    }

    fn line_break(&mut self) {
        if self.builder.is_open() {
            self.builder.push("\n");
        }
        self.space = false;
    }

    /// Cells of one row stand on one line, apart by a tab.
    fn cell(&mut self) {
        if self.builder.is_open() {
            self.builder.push("\t");
        }
        self.space = false;
    }

    fn text(&mut self, text: &str) {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let collapsed = matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C') && self.preserved == 0;
            if collapsed {
                self.space = true;
                continue;
            }
            // Marks for breaking words, not part of them; the joiners of Persian and Indic scripts stay.
            if matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\r') {
                continue;
            }
            if self.space {
                let open = !out.is_empty() || self.builder.is_open();
                let fresh = out.is_empty() && self.builder.text().ends_with(['\n', '\t']);
                if open && !fresh {
                    out.push(' ');
                }
                self.space = false;
            }
            out.push(c);
        }
        if self.raised > 0 {
            out = raised(&out);
        }
        if out.is_empty() || (!self.builder.is_open() && out.trim().is_empty()) {
            return;
        }
        if !self.builder.is_open() {
            self.builder.open(self.kinds.last().copied().unwrap_or(ZoneKind::Body));
        }
        self.builder.push(&out);
    }
}

/// A raised figure as the character for it: `1914³` and not `19143`.
fn raised(text: &str) -> String {
    let figures = text.trim();
    if figures.is_empty() || figures.len() > 4 || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    let up = |c: char| c.to_digit(10).and_then(|d| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(d as usize)).unwrap_or(c);
    text.chars().map(up).collect()
}

/// The zone that an element sets for what is in it.
fn kind(node: &NodeRef<'_>, name: &str) -> Option<ZoneKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(ZoneKind::Heading),
        "figcaption" | "caption" => Some(ZoneKind::Caption),
        "nav" | "button" | "menu" => Some(ZoneKind::Menu),
        // The letter that is answered, quoted below the answer: another hand's words.
        "blockquote" if node.attr("type").is_some_and(|t| t.eq_ignore_ascii_case("cite")) => Some(ZoneKind::Menu),
        "div" | "blockquote" if node.has_class("gmail_quote") || node.has_class("yahoo_quoted") => Some(ZoneKind::Menu),
        "p" | "div" | "span" | "dd" | "small" | "em" | "aside" | "section" | "ul" | "address" => {
            node.class().and_then(|c| class_kind(&c, name))
        }
        _ => None,
    }
}

/// What a class says about an element. Only whole names count for what is no part of the account: `download` is no `ad`.
fn class_kind(class: &str, element: &str) -> Option<ZoneKind> {
    if is_caption_class(class) {
        return Some(ZoneKind::Caption);
    }
    let names: Vec<String> = class.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
    let any = |list: &[&str]| names.iter().any(|n| list.contains(&n.as_str()));
    if any(&[
        "advertisement",
        "advert",
        "ad",
        "ads",
        "ad-container",
        "promo",
        "promotion",
        "newsletter",
        "newsletter-signup",
    ]) || any(&["share", "sharing", "share-buttons", "social-share", "share-bar"])
    {
        return Some(ZoneKind::Menu);
    }
    let line = matches!(element, "p" | "div" | "span" | "address");
    (line && any(&["byline", "article-byline", "post-byline", "entry-byline"])).then_some(ZoneKind::Byline)
}

/// `wp-caption-text`, `image-caption`, `photo_credit`: classes that newspapers give to captions.
fn is_caption_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let name = name.to_ascii_lowercase();
        let parts: Vec<&str> = name.split(['-', '_']).collect();
        let about_picture = ["image", "photo", "picture", "media", "img", "figure"].iter().any(|w| parts.contains(w));
        parts.contains(&"caption") || name.ends_with("caption") || (about_picture && parts.contains(&"credit"))
    })
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = node.attr("style").map(|s| s.to_ascii_lowercase().replace(' ', "")).unwrap_or_default();
    node.has_attr("hidden") || style.contains("display:none") || style.contains("visibility:hidden")
}

/// Whether a cell lays out a page instead of holding a value.
fn holds_blocks(node: &NodeRef<'_>) -> bool {
    node.children_it(false).any(|child| child.node_name().is_some_and(|name| is_block(&name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Extract;
    use dom_query::Document;

    fn read(html: &str) -> Extract {
        let mut builder = Builder::default();
        walk(&Document::from(html).root(), &mut builder);
        builder.finish()
    }

    #[test]
    fn white_space_is_as_a_browser_shows_it() {
        let html = "<p>The  mill\n <b> on</b> the<i> river</i> .</p>text<div> <span>weir</span>\n<span>lock</span></div><p> </p>";
        assert_eq!(read(html).text, "The mill on the river .\n\ntext\n\nweir lock\n");
        assert_eq!(read("<p>one<br>\n two<br/><br/>three</p>").text, "one\ntwo\n\nthree\n");
        assert_eq!(read("<pre>a  b\n  c</pre><p>d\u{AD}e</p>").text, "a  b\n  c\n\nde\n");
    }

    #[test]
    fn rows_are_lines_and_layout_tables_are_blocks() {
        let html = "<table><tr><th>Ship</th><th>Men</th></tr><tr><td>Anna</td><td> 12</td></tr></table>";
        assert_eq!(read(html).text, "Ship\tMen\n\nAnna\t12\n");
        assert_eq!(
            read("<table><tr><td><p>a</p><p>b</p></td><td><div>c</div></td></tr></table>").text,
            "a\n\nb\n\nc\n"
        );
    }

    #[test]
    fn captions_and_menus_are_zones_and_hidden_words_are_not_read() {
        let html =
            "<div class='wp-caption-text'>The weir</div><nav>Home</nav><p style='display: none'>x</p><p>Text</p>";
        let extract = read(html);
        assert_eq!(extract.text, "The weir\n\nHome\n\nText\n");
        let kinds: Vec<_> = extract.zones.iter().map(|z| z.kind).collect();
        assert_eq!(kinds, [ZoneKind::Caption, ZoneKind::Menu]);
    }

    #[test]
    fn classes_of_bylines_and_advertisements_are_zones() {
        let html = "<p class='byline'>By <span>Anna Hart</span></p><div class='advertisement'><p>Buy soap.</p></div>\
            <div class='download'><p>The mill burned.</p></div>";
        let extract = read(html);
        let shown: Vec<_> = extract.zones.iter().map(|z| (z.kind, z.span.of(&extract.text).unwrap())).collect();
        assert_eq!(shown, [(ZoneKind::Byline, "By Anna Hart"), (ZoneKind::Menu, "Buy soap.")]);
    }

    #[test]
    fn raised_figures_keep_apart_and_raised_letters_stay() {
        assert_eq!(read("<p>1914<sup>12</sup> and 5<sup>th</sup> [<sup>3</sup>]</p>").text, "1914¹² and 5th [³]\n");
    }
}
