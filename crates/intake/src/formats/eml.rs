//! Letters sent by mail (EML). Subject, sender and date become metadata and stand at the head of the text as printed;
//! what is enclosed is opened as a file of its own.
//!
//! A letter often carries earlier letters by other hands. To read those as the sender's words would be the worst error
//! this program can make, so quoted lines and everything below a forwarding mark are put into the zone `menu`, where no
//! statement is read from them, and a note says how much was set aside.

use crate::extract::Builder;
use crate::fault::Fault;
use crate::format::{Content, Context, Format, Member, extension};
use crate::formats::html::walk_page;
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use rashomon_core::ZoneKind;

/// Letters sent by mail.
pub const FORMAT: Format = Format { name: "EML", extensions: &["eml"], media_type: "message/rfc822", sniff, read };

/// Fields that begin a letter and nothing else.
const FIRST: &[&str] =
    &["return-path:", "received:", "delivered-to:", "message-id:", "mime-version:", "x-mozilla-status:"];
const USUAL: &[&str] = &["from:", "to:", "date:", "subject:", "content-type:"];

fn sniff(bytes: &[u8], extension: &str) -> bool {
    if extension == "eml" {
        return true;
    }
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default()).to_lowercase();
    let fields = head.lines().take_while(|l| !l.trim().is_empty());
    let count = |names: &[&str]| fields.clone().filter(|l| names.iter().any(|n| l.starts_with(n))).count();
    extension != "txt" && extension != "md" && count(FIRST) >= 1 && count(USUAL) >= 2
}

fn read(bytes: &[u8], _context: &Context<'_>) -> Result<Content, Fault> {
    let message = MessageParser::default().parse(bytes).filter(|m| !m.headers().is_empty());
    let message = message.ok_or_else(|| Fault::damaged("EML", "it has no header"))?;
    let mut builder = Builder::default();
    head(&message, &mut builder);
    let mut earlier = 0;
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => earlier += plain(text, &mut builder),
            PartType::Html(html) => walk_page(html, &mut builder),
            _ => {}
        }
    }
    if earlier > 0 {
        builder.note(format!(
            "{earlier} lines of earlier letters, by other hands, are set aside; give those letters themselves"
        ));
    }
    let (members, pictures) = enclosed(&message);
    if pictures > 0 {
        builder.note(format!("{pictures} pictures or other parts inside the letter were not read"));
    }
    Ok(Content { text: Some(builder.finish()), members, refusals: Vec::new() })
}

/// The fields a reader of letters looks at, with the words for them as they stand in the file.
fn head(message: &Message<'_>, builder: &mut Builder) {
    if let Some(subject) = message.subject() {
        builder.metadata().title = Some(subject.to_owned());
        builder.paragraph(ZoneKind::Title, subject);
    }
    let from = people(message.from());
    builder.metadata().authors =
        from.iter().map(|(name, address)| if name.is_empty() { address } else { name }.clone()).collect();
    builder.metadata().date =
        message.date().filter(|d| d.is_valid()).map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
    let mut lines = Vec::new();
    for (field, address) in [("From", message.from()), ("To", message.to()), ("Cc", message.cc())] {
        let shown: Vec<String> = people(address).into_iter().map(|p| shown(&p)).collect();
        if !shown.is_empty() {
            lines.push(format!("{field}: {}", shown.join(", ")));
        }
    }
    lines.extend(message.header_raw("Date").map(|date| format!("Date: {}", date.trim())));
    for (at, line) in lines.iter().enumerate() {
        if at == 0 { builder.paragraph(ZoneKind::Byline, line) } else { builder.line(ZoneKind::Byline, line) }
    }
}

fn people(address: Option<&Address<'_>>) -> Vec<(String, String)> {
    let Some(address) = address else { return Vec::new() };
    let all = address.iter().map(|a| (a.name.as_deref().unwrap_or_default(), a.address.as_deref().unwrap_or_default()));
    all.filter(|(n, a)| !n.is_empty() || !a.is_empty())
        .map(|(n, a)| (n.trim().to_owned(), a.trim().to_owned()))
        .collect()
}

fn shown((name, address): &(String, String)) -> String {
    match (name.is_empty(), address.is_empty()) {
        (true, _) => address.clone(),
        (false, true) => name.clone(),
        _ => format!("{name} <{address}>"),
    }
}

/// The lines of a letter in plain text; returns how many were set aside as those of earlier letters.
fn plain(text: &str, builder: &mut Builder) -> usize {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let (mut earlier, mut below) = (0, false);
    let mut last: Option<ZoneKind> = None;
    for (at, line) in lines.iter().enumerate() {
        below |= begins_earlier(line);
        let next = lines.iter().skip(at + 1).find(|l| !l.trim().is_empty());
        let quoted = line.trim_start().starts_with('>')
            || (announces(line) && next.is_some_and(|n| n.trim_start().starts_with('>')));
        let signature = *line == "--" || (last == Some(ZoneKind::Byline) && !line.is_empty());
        if line.trim().is_empty() {
            last = None;
            continue;
        }
        let kind = match (below || quoted, signature) {
            (true, _) => ZoneKind::Menu,
            (_, true) => ZoneKind::Byline,
            _ => ZoneKind::Body,
        };
        earlier += usize::from(kind == ZoneKind::Menu);
        match last {
            Some(before) if before == kind && builder.is_open() => builder.push("\n"),
            Some(_) => builder.open_line(kind),
            None => builder.open(kind),
        }
        builder.push(line);
        last = Some(kind);
    }
    builder.close();
    earlier
}

/// `-----Original Message-----` and its kin: what follows is an earlier letter.
fn begins_earlier(line: &str) -> bool {
    let bare = line.trim().trim_matches(['-', '_', '=', ' ', ':']).to_lowercase();
    let marks = line.trim_start().starts_with("--") || line.trim_end().ends_with(':');
    const WORDS: &[&str] = &[
        "original message",
        "forwarded message",
        "begin forwarded message",
        "ursprüngliche nachricht",
        "weitergeleitete nachricht",
        "message d'origine",
        "message transféré",
        "mensaje original",
        "mensaje reenviado",
        "пересылаемое сообщение",
        "исходное сообщение",
        "پیام اصلی",
        "الرسالة الأصلية",
    ];
    marks && WORDS.contains(&bare.as_str())
}

/// `On Tuesday, Anna Miller wrote:`, before quoted lines.
fn announces(line: &str) -> bool {
    line.len() < 200 && line.trim_end().ends_with([':', '：'])
}

/// The files enclosed, and how many parts of the letter itself (pictures, stationery) are none.
fn enclosed(message: &Message<'_>) -> (Vec<Member>, usize) {
    let (mut members, mut pictures): (Vec<Member>, usize) = (Vec::new(), 0);
    for (at, part) in message.attachments().enumerate() {
        let kind = part
            .content_type()
            .map(|c| format!("{}/{}", c.c_type, c.c_subtype.as_deref().unwrap_or_default()))
            .unwrap_or_default();
        let inline = matches!(part.body, PartType::InlineBinary(_))
            || (kind.starts_with("image/") && part.content_id().is_some());
        if inline {
            pictures += 1;
            continue;
        }
        let bytes = part.contents().to_vec();
        let usual = if matches!(part.body, PartType::Message(_)) { "eml" } else { ending(&kind) };
        let given = part.attachment_name().map(|n| n.replace('\\', "/"));
        let file = given.as_deref().and_then(|n| n.rsplit('/').next()).filter(|n| !n.is_empty() && !n.starts_with('.'));
        let mut name = file.map_or_else(|| format!("enclosure-{}.{usual}", at + 1), str::to_owned);
        if extension(&name).is_empty() {
            name = format!("{name}.{usual}");
        }
        if members.iter().any(|m| m.name == name) {
            name = format!("{}~{name}", at + 1);
        }
        members.push(Member { name, bytes, sidecar: None });
    }
    (members, pictures)
}

fn ending(kind: &str) -> &'static str {
    let found = crate::formats::FORMATS.iter().find(|f| f.media_type == kind).and_then(|f| f.extensions.first());
    found.copied().unwrap_or("bin")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn content(mail: &str) -> Content {
        let limits = Limits::default();
        read(mail.replace('\n', "\r\n").as_bytes(), &Context { name: "a.eml", limits: &limits }).unwrap()
    }

    const HEAD: &str = "From: Anna Miller <anna@example.org>\nTo: mayor@example.org\nSubject: =?utf-8?q?The_M=C3=BChle?=\n\
        Date: Tue, 3 May 1921 10:00:00 +0200\nMIME-Version: 1.0\n";

    #[test]
    fn head_body_and_earlier_letters() {
        let mail = format!(
            "{HEAD}Content-Type: text/plain; charset=utf-8\n\nDear Mayor,\nthe mill burned.\n\nOn Monday the mayor wrote:\n\
            > Is the mill safe?\n> It was old.\n\nIt was not.\n-- \nAnna Miller\nWeirs\n\n-----Original Message-----\nFrom: Mayor\nIs it?\n"
        );
        let extract = content(&mail).text.unwrap();
        assert_eq!(extract.metadata.title.as_deref(), Some("The Mühle"));
        assert_eq!(extract.metadata.authors, ["Anna Miller"]);
        assert_eq!(extract.metadata.date.as_deref(), Some("1921-05-03"));
        let zones: Vec<_> =
            extract.zones.iter().map(|z| (z.kind.as_str(), z.span.of(&extract.text).unwrap())).collect();
        assert_eq!(zones[0], ("title", "The Mühle"));
        assert_eq!(zones[1], ("byline", "From: Anna Miller <anna@example.org>"));
        assert!(
            zones.contains(&("menu", "On Monday the mayor wrote:\n> Is the mill safe?\n> It was old.")),
            "{zones:?}"
        );
        assert!(zones.contains(&("byline", "--\nAnna Miller\nWeirs")), "{zones:?}");
        assert!(zones.contains(&("menu", "-----Original Message-----\nFrom: Mayor\nIs it?")), "{zones:?}");
        assert!(extract.text.contains("Dear Mayor,\nthe mill burned.\n\n"));
        assert!(extract.notes[0].starts_with("6 lines of earlier letters"), "{:?}", extract.notes);
    }

    #[test]
    fn enclosed_files_are_members_and_pictures_in_the_text_are_not() {
        let mail = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>See <b>the report</b>.</p>\n<blockquote type=\"cite\">Old words</blockquote>\n\
             --b\nContent-Type: image/png; name=logo.png\nContent-ID: <1>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0=\n\
             --b\nContent-Type: text/plain; name=\"../../report.txt\"\nContent-Disposition: attachment; filename=\"../../report.txt\"\n\nThe weir held.\n\
             --b\nContent-Type: message/rfc822\n\nFrom: J. Weir <j@example.org>\nSubject: Inner\n\nInner words.\n--b--\n"
        );
        let content = content(&mail);
        let extract = content.text.unwrap();
        assert!(extract.text.contains("See the report."));
        let menu: Vec<_> = extract.zones.iter().filter(|z| z.kind == ZoneKind::Menu).collect();
        assert_eq!(menu[0].span.of(&extract.text), Some("Old words"));
        let names: Vec<_> = content.members.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["report.txt", "enclosure-3.eml"]);
        assert!(
            String::from_utf8_lossy(&content.members[1].bytes).starts_with("From: J. Weir"),
            "{:?}",
            content.members[1]
        );
    }

    #[test]
    fn only_letters_are_taken_for_letters() {
        assert!(sniff(b"Return-Path: <a@b>\nFrom: a\nSubject: x\n\nhello", ""));
        assert!(!sniff(b"From: a\nSubject: x\n\nhello", "txt"));
        assert!(!sniff(b"The mill burned.", ""));
    }
}
