//! Inputs that break readers, one test each, met as a person meets them: the message names the file and the remedy, the
//! rest is done and kept, the exit code says so, nothing falls, and the memory stays under a gibibyte.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Chance, Story, Told, sample_file};
use std::io::Write as _;

const GIBIBYTE: i64 = 1 << 30;

/// A good document beside the bad one; reading both must end with 1 and keep the good one.
fn beside_a_good_one(name: &str, bytes: impl AsRef<[u8]>) -> (Story, Told) {
    let story = Story::new().file("papers/good.txt", "The ferry was late.").file(&format!("papers/{name}"), bytes);
    let told = story.run(&["read", "papers"]).ends_with(1).complains("1 input refused:");
    assert!(story.documents("rashomon.ledger").contains("papers/good.txt"));
    let refused = story.export("rashomon.ledger");
    assert!(refused.lines().any(|l| l.contains("\"refusal\"") && l.contains(name)), "the refusal is kept and exported");
    assert_memory();
    (story, told)
}

/// A strange document that is read all the same; its text.
fn read_all_the_same(name: &str, bytes: impl AsRef<[u8]>) -> (Story, String) {
    let story = Story::new().file("papers/good.txt", "The ferry was late.").file(&format!("papers/{name}"), bytes);
    story.run(&["read", "papers"]).ends_with(0).says("Read 2 documents");
    let export = story.export("rashomon.ledger");
    let record = export.lines().find(|l| l.contains("\"type\":\"document\"") && l.contains(name)).unwrap();
    let record: serde_json::Value = serde_json::from_str(record).unwrap();
    assert_memory();
    (story, record["text"].as_str().unwrap().to_owned())
}

/// The largest memory that any run of the program had in this process's tests so far.
fn assert_memory() {
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).unwrap();
    let peak = usage.max_rss() * 1024;
    assert!(peak < GIBIBYTE, "peak memory {} MiB", peak >> 20);
}

/// A ZIP of some files, deflated.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in members {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn empty() {
    beside_a_good_one("nothing.txt", "").1.refuses("papers/nothing.txt", &["empty"]);
}

#[test]
fn binary() {
    let bytes: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    beside_a_good_one("photo.dat", &bytes).1.refuses("papers/photo.dat", &["format", "text"]);
}

#[test]
fn binary_that_calls_itself_text() {
    let bytes: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    beside_a_good_one("photo.txt", &bytes).1.refuses("papers/photo.txt", &["format", "text", "binary"]);
}

#[test]
fn truncated_pdf() {
    let whole = sample_file("commission.pdf");
    let (_, told) = beside_a_good_one("half.pdf", &whole[..whole.len() / 3]);
    told.refuses("papers/half.pdf", &["damaged", "incomplete", "no text"]);
}

#[test]
fn encrypted_pdf() {
    let (_, told) = beside_a_good_one("locked.pdf", encrypted());
    told.refuses("papers/locked.pdf", &["password", "encrypted"]);
}

/// A small PDF that asks for a password nobody knows.
fn encrypted() -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 720 Td (Sealed) Tj ET";
    let secret = "5a".repeat(32);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{secret}> /U <{secret}> >>"),
    ];
    let mut pdf = String::from("%PDF-1.5\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| pdf.push_str(&format!("{place:010} 00000 n \n")));
    let id = "00".repeat(16);
    pdf.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R /Encrypt 6 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    pdf.into_bytes()
}

#[test]
fn zip_bomb() {
    let zeros = vec![b'0'; 400 << 20];
    let bomb = zip(&[("bomb.txt", &zeros), ("fine.txt", b"The mill stood empty.")]);
    drop(zeros);
    assert!(bomb.len() < 4 << 20);
    let (story, told) = beside_a_good_one("bomb.zip", bomb);
    told.refuses("papers/bomb.zip", &["unpack", "expand", "larger", "times"]);
    drop(story);
}

#[test]
fn path_traversal_in_a_zip() {
    let archive = zip(&[("../../outside.txt", b"Anne Lowry said hello."), ("inside.txt", b"The mill stood empty.")]);
    let (story, told) = beside_a_good_one("trap.zip", archive);
    told.refuses("outside.txt", &["outside", "path", "folder"]);
    assert!(story.documents("rashomon.ledger").contains("papers/trap.zip/inside.txt"));
    assert!(!story.path("outside.txt").exists() && !story.path("papers/../../outside.txt").exists());
}

#[test]
fn utf_16() {
    let text = "Anne Lowry said that the gate was shut. Ключ, کلید.";
    for (name, big) in [("little.txt", false), ("big.txt", true)] {
        let order = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        assert_eq!(read_all_the_same(name, units.flat_map(order).collect::<Vec<u8>>()).1, text);
    }
}

#[test]
fn windows_1256() {
    let text = "قال عامل الميناء إن البوابة كانت مغلقة قبل الظهر. وقالت صاحبة الطاحونة إن الماء ارتفع في الليل.";
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1256.encode(text);
    assert!(!lossy);
    let (story, read) = read_all_the_same("harbour.txt", &bytes);
    assert_eq!(read, text);
    assert!(story.export("rashomon.ledger").to_lowercase().contains("windows-1256"), "the guess is recorded");
}

#[test]
fn invalid_utf_8() {
    let mut bytes = "The clerk wrote: «Le débit était élevé» and went home. ".repeat(20).into_bytes();
    bytes.splice(30..30, [0xff, 0xc3]);
    let (story, text) = read_all_the_same("damaged.txt", &bytes);
    assert!(text.contains("Le débit était élevé"), "what can be read is read");
    assert!(text.contains('\u{fffd}'), "what cannot is marked");
    assert!(story.export("rashomon.ledger").contains("\"notes\":[\""), "and noted");
}

#[test]
fn a_paragraph_of_two_hundred_thousand_words() {
    let mut paragraph = String::new();
    while paragraph.len() < 1_200_000 {
        paragraph.push_str(&Chance(paragraph.len() as u64).sentence());
        paragraph.push(' ');
    }
    let paragraph = paragraph.trim_end();
    assert!(paragraph.split_whitespace().count() > 200_000);
    assert_eq!(read_all_the_same("endless.txt", paragraph).1, paragraph);
}

#[test]
fn two_hundred_thousand_words_without_an_end() {
    let words = "the mill and the quay and the lock and ".repeat(22_500);
    let words = words.trim_end();
    assert_eq!(read_all_the_same("breathless.txt", words).1, words);
}

#[test]
#[ignore = "not yet under a gibibyte"]
fn a_hundred_megabytes_of_text() {
    let story = Story::new().file("papers/good.txt", "The ferry was late.");
    let mut chance = Chance(100);
    let part = chance.text(5_000);
    let mut file = std::fs::File::create(story.path("papers/vast.txt")).unwrap();
    let mut written = 0;
    for n in 0.. {
        if written >= 100 << 20 {
            break;
        }
        // No two parts are the same, as no two parts of a real text are.
        let part = format!("Part {n}.\n\n{part}");
        file.write_all(part.as_bytes()).unwrap();
        written += part.len();
    }
    let told = story.run(&["read", "papers"]);
    assert_memory();
    told.ends_with(0).says("Read 2 documents");
    story.run(&["sources"]).ends_with(0).says("vast.txt");
}

#[test]
fn the_same_file_twice() {
    let story = Story::new().file("papers/a.txt", "The ferry was late.").file("papers/b.txt", "The ferry was late.");
    story
        .run(&["read", "papers", "papers/a.txt", "papers"])
        .ends_with(0)
        .says("Read 1 document ")
        .says("1 with the bytes");
    let export = story.export("rashomon.ledger");
    assert!(export.lines().any(|l| l.contains("papers/b.txt") && l.contains("same bytes")), "the copy is noted");
    story.run(&["read", "papers"]).ends_with(0).says("Read 0 documents");
    assert!(story.export("rashomon.ledger") == export);
}

#[test]
fn metadata_that_is_no_metadata() {
    let (_, told) = {
        let story =
            Story::new().file("papers/good.txt", "The ferry was late.").file("papers/good.meta.json", "{\"title\": ");
        let told = story.run(&["read", "papers"]);
        (story, told)
    };
    told.ends_with(1).refuses("good.meta.json", &["json", "metadata"]);
}

/// What only Unix knows: permissions, links, files that are gone while they are still to be read.
#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs::{Permissions, set_permissions};
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::process::CommandExt as _;
    use std::process::{Command, Stdio};

    #[test]
    fn a_folder_without_permission() {
        let story = Story::new().file("papers/good.txt", "The ferry was late.").file("papers/shut/in.txt", "Unseen.");
        set_permissions(story.path("papers/shut"), Permissions::from_mode(0o000)).unwrap();
        set_permissions(story.path("."), Permissions::from_mode(0o777)).unwrap();
        let mut command = story.command(&["read", "papers"]);
        if nix::unistd::geteuid().is_root() {
            // Nothing is shut to root, so the program is run as somebody else, from a place that anyone may enter.
            std::fs::copy(env!("CARGO_BIN_EXE_rashomon"), story.path("program")).unwrap();
            command = Command::new(story.path("program"));
            command.args(["read", "papers"]).current_dir(story.path(".")).uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        set_permissions(story.path("papers/shut"), Permissions::from_mode(0o755)).unwrap();
        let told = Told::from(output, &["read", "papers"]).ends_with(1);
        told.refuses("papers/shut", &["permission"]);
        assert!(story.documents("rashomon.ledger").contains("papers/good.txt"));
    }

    #[test]
    fn a_loop_of_links() {
        let story = Story::new().file("papers/good.txt", "The ferry was late.");
        symlink("..", story.path("papers/up")).unwrap();
        symlink("self", story.path("papers/self")).unwrap();
        let told = story.run(&["read", "papers"]).ends_with(1);
        told.refuses("papers/up", &["link"]).refuses("papers/self", &["link"]);
        assert_eq!(story.documents("rashomon.ledger").len(), 1);
    }

    #[test]
    fn a_file_that_vanishes_while_the_others_are_read() {
        let story = Story::new();
        // Names so long that what is told of them does not fit into a pipe: the program waits until we listen.
        let name = |n: usize| format!("papers/{n:03}-{}.txt", "long-".repeat(40));
        (0..600).for_each(|n| story.put(&name(n), format!("The ferry was late on day {n}.")));
        let mut child =
            story.command(&["read", "-v", "papers"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        assert!(first.starts_with("kept papers/000"), "{first}");
        std::fs::remove_file(story.path(&name(599))).unwrap();
        out.read_to_string(&mut first).unwrap();
        let told = Told::from(child.wait_with_output().unwrap(), &["read", "-v", "papers"]).ends_with(1);
        told.refuses("papers/599", &["gone", "exist"]);
        assert_eq!(story.documents("rashomon.ledger").len(), 599);
    }
}
