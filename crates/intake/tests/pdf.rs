//! PDF files: what is read, in which order, on which page, and what is refused with which words.

mod making;

use making::{Pdf, assemble, bold, document, line, lines, opened, page_of, refusal, zones};
use rashomon_core::ZoneKind;

/// Two pages in two columns under a heading over both, with running heads, page numbers, a cut word and a note.
fn two_columns() -> Pdf {
    let first = [
        line(60.0, 770.0, 8.0, "The Harbour Strike of 1911"),
        bold(60.0, 730.0, 16.0, "What the pilots told the mayor"),
        lines(
            60.0,
            690.0,
            &[
                "The pilots met in the old mill on a",
                "Tuesday and chose the eldest of them",
                "to speak. He asked that the crews be",
                "paid for the days on which the gates",
                "of the lock had been shut, and he",
                "promised that no ship would be dama-",
                "ged while the talks went on.",
            ],
        ),
        line(228.0, 622.0, 6.0, "1"),
        line(60.0, 122.0, 5.0, "1"),
        line(64.0, 120.0, 7.0, "The minutes give no name for him, but"),
        line(60.0, 111.0, 7.0, "the mill is named in them more than once."),
        lines(
            330.0,
            690.0,
            &[
                "The mayor heard him out and said",
                "that the lock had been shut by the",
                "frost and by nobody else. She had",
                "seen the ice herself on the Monday",
                "and had sent for the ice-boat, which",
                "came two days late. She offered half",
                "of the pay, to be given out at the",
            ],
        ),
        line(300.0, 40.0, 10.0, "41"),
    ];
    let second = [
        line(60.0, 770.0, 8.0, "The Harbour Strike of 1911"),
        lines(
            60.0,
            730.0,
            &[
                "town hall before Sunday. The pilots",
                "went out to talk it over among them-",
                "selves. An hour later they came back",
                "and took the offer, all but two.",
            ],
        ),
        lines(
            330.0,
            730.0,
            &[
                "On the Friday the ice-boat broke the",
                "ice up to the second bridge, and the",
                "first coal barge passed the lock at",
                "noon with both flags flying.",
            ],
        ),
        line(300.0, 40.0, 10.0, "42"),
    ];
    Pdf::default()
        .page(first.concat())
        .page(second.concat())
        .info("/Title(Microsoft Word - strike.doc)/Author(Ann Lee; Bo Ray)/CreationDate(D:19980503101500+02'00')")
}

#[test]
fn columns_are_read_one_after_the_other_and_sentences_run_over_pages() {
    let document = document("strike.pdf", two_columns().bytes());
    let expected = "The pilots met in the old mill on a Tuesday and chose the eldest of them to speak. He asked that the crews \
        be paid for the days on which the gates of the lock had been shut, and he promised that no ship would be damaged \
        while the talks went on.¹";
    assert!(document.text.contains(expected), "{}", document.text);
    let over = "She offered half of the pay, to be given out at the town hall before Sunday. The pilots went out to talk it \
        over among themselves. An hour later they came back and took the offer, all but two.";
    assert!(document.text.contains(over), "{}", document.text);
    let order = ["What the pilots told", "The pilots met", "The mayor heard", "On the Friday"]
        .map(|w| document.text.find(w).unwrap());
    assert!(order.is_sorted(), "{}", document.text);
    assert!(document.text.contains("sent for the ice-boat, which"), "a hyphen inside a line stays");
}

#[test]
fn furniture_notes_and_headings_are_told_from_the_text() {
    let document = document("strike.pdf", two_columns().bytes());
    assert_eq!(
        zones(&document, ZoneKind::Menu),
        ["The Harbour Strike of 1911", "41", "The Harbour Strike of 1911", "42"]
    );
    let note = "¹ The minutes give no name for him, but the mill is named in them more than once.";
    assert_eq!(zones(&document, ZoneKind::Note), [note]);
    assert_eq!(zones(&document, ZoneKind::Title), ["What the pilots told the mayor"]);
}

#[test]
fn every_letter_knows_its_page_also_inside_a_sentence() {
    let document = document("strike.pdf", two_columns().bytes());
    assert_eq!(page_of(&document, "to be given out at the"), Some(1));
    assert_eq!(page_of(&document, "town hall before Sunday"), Some(2));
    let covered: u32 = document.places.iter().map(|p| p.span.end - p.span.start).sum();
    let blank = document.text.chars().filter(|c| *c == '\n').count() as u32;
    assert_eq!(
        covered + blank,
        document.text.len() as u32,
        "every character but the breaks between paragraphs has a page"
    );
}

#[test]
fn properties_are_read_and_what_a_program_wrote_there_is_not_a_title() {
    let document = document("strike.pdf", two_columns().bytes());
    assert_eq!(document.metadata.title.as_deref(), Some("What the pilots told the mayor"));
    assert_eq!(document.metadata.authors, ["Ann Lee", "Bo Ray"]);
    assert_eq!(document.metadata.date.as_deref(), Some("1998-05-03"));
}

#[test]
fn paragraphs_part_at_indents_and_gaps_and_table_rows_stay_rows() {
    let page = [
        lines(
            60.0,
            700.0,
            &[
                "   The first bell rang at four and the gates were opened to the",
                "carts that had waited since midnight on the eastern side of it.",
                "   The second bell rang at six. By then every stall was taken",
                "and the porters had been paid for the week that lay behind us.",
            ],
        ),
        lines(60.0, 630.0, &["Ship", "Heron", "Plover"]),
        lines(260.0, 630.0, &["Crew", "12", "9"]),
    ];
    let document = document("market.pdf", Pdf::default().page(page.concat()).bytes());
    let paragraphs: Vec<&str> = document.text.trim().split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "{}", document.text);
    assert!(paragraphs[0].ends_with("eastern side of it."), "{}", document.text);
    assert_eq!(paragraphs[2], "Ship\tCrew\nHeron\t12\nPlover\t9");
}

/// A line of Arabic as typesetters place it: letter shapes from the right edge to the left.
#[test]
fn arabic_is_read_in_logical_order() {
    let words = "وصلت السفينة الى الميناء";
    let mut codes = String::new();
    let mut table = String::new();
    for (code, letter) in words.chars().rev().enumerate() {
        codes.push_str(&format!("{:04x}", code + 1));
        let units: String = letter.encode_utf16(&mut [0; 2]).iter().map(|u| format!("{u:04x}")).collect();
        table.push_str(&format!("<{:04x}> <{units}>\n", code + 1));
    }
    let table = format!("1 begincodespacerange <0000> <ffff> endcodespacerange\n24 beginbfchar\n{table}endbfchar");
    let contents = format!("BT /F1 12 Tf 100 700 Td <{codes}> Tj ET");
    let stream = |data: &str| format!("<</Length {}>>stream\n{data}\nendstream", data.len());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        stream(&contents),
        "<</Type/Font/Subtype/Type0/BaseFont/Naskh/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Naskh/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>".to_owned(),
        stream(&table),
    ];
    let document = document("ship.pdf", assemble(&objects.map(String::into_bytes), ""));
    assert_eq!(document.text.trim(), words);
}

#[test]
fn a_page_without_text_layer_is_named_and_a_scan_is_refused() {
    let image = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{0} EI Q";
    let words = line(60.0, 700.0, 10.0, "The cover alone was set in type.");
    let mixed = Pdf::default().page(words).page(image).page(image);
    let document = document("log.pdf", mixed.bytes());
    assert!(
        document.notes.iter().any(|n| n.contains("pages 2-3 carry no text layer; run OCR")),
        "{:?}",
        document.notes
    );
    let reason = refusal("scan.pdf", Pdf::default().page(image).bytes());
    assert!(reason.contains("without a text layer") && reason.contains("OCR"), "{reason}");
}

#[test]
fn a_password_is_asked_for_and_an_empty_one_opens() {
    let reason = refusal("locked.pdf", include_bytes!("files/locked.pdf").to_vec());
    assert!(reason.contains("password") && reason.contains("save a copy"), "{reason}");
    for (name, bytes) in [
        ("rc4.pdf", include_bytes!("files/open-rc4.pdf").as_slice()),
        ("aes.pdf", include_bytes!("files/open-aes256.pdf").as_slice()),
    ] {
        let document = document(name, bytes.to_vec());
        assert!(document.text.contains("The ferry left at dawn and carried nobody."), "{name}: {}", document.text);
    }
}

#[test]
fn a_file_cut_off_anywhere_is_read_in_part_or_refused() {
    let whole = two_columns().bytes();
    let mut read = 0;
    for end in (9..whole.len()).step_by(211) {
        let opened = opened("cut.pdf", whole[..end].to_vec());
        match opened.documents.first() {
            Some(document) => {
                read += 1;
                assert!(document.text.contains("pilots"), "{}", document.text);
            }
            None => assert!(
                opened.refusals[0].reason.contains(';'),
                "a refusal has a remedy: {}",
                opened.refusals[0].reason
            ),
        }
    }
    assert!(read > 0, "a file that lost only its end is read");
}

#[test]
fn noise_rings_and_bombs_are_survived() {
    let mut noise = b"%PDF-1.7\n".to_vec();
    noise.extend((0..60_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8));
    refusal("noise.pdf", noise);
    let ring: Vec<Vec<u8>> = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>",
    ]
    .map(|o| o.as_bytes().to_vec())
    .to_vec();
    refusal("ring.pdf", assemble(&ring, ""));
    let deep = format!("<</Type/Catalog/Pages 2 0 R/X {}{}>>", "[".repeat(200_000), "]".repeat(200_000));
    refusal("deep.pdf", assemble(&[deep.into_bytes(), b"<</Type/Pages/Kids[]/Count 0>>".to_vec()], ""));
    refusal("empty.pdf", b"%PDF-1.4\n".to_vec());
}

#[test]
fn widths_without_end_and_drawings_inside_themselves_are_survived() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 8 0 R>>/XObject<</X 7 0 R>>>>>>";
    let contents = "BT /F1 10 Tf 50 700 Td <0001> Tj ET BT /F2 10 Tf 50 650 Td (The buoy held.) Tj ET /X Do";
    let form = "/X Do ".repeat(40);
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page.to_owned(),
        format!("<</Length {}>>stream\n{contents}\nendstream", contents.len()),
        "<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[6 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/None/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 4294967295 500]>>".to_owned(),
        format!("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>/Length {}>>stream\n{form}\nendstream", form.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let document = document("odd.pdf", assemble(&objects.map(String::into_bytes), ""));
    assert!(document.text.contains("The buoy held."), "{}", document.text);
}
