//! What a file's own properties say of title and authors, without what programs put there by themselves: names of
//! files, of templates and of user accounts are not what a document is called or who wrote it.

use crate::extract::Extract;
use rashomon_core::ZoneKind;

/// Beginnings that programs write.
const PROGRAM_TITLES: &[&str] =
    &["microsoft word", "microsoft powerpoint", "powerpoint presentation", "untitled", "unknown"];
/// Whole titles that programs write.
const EMPTY_TITLES: &[&str] = &[
    "document",
    "document1",
    "title",
    "slide 1",
    "layout 1",
    "word document",
    "no title",
    "print",
    "index",
    "fulltext",
];
/// Endings of files.
const FILE_ENDINGS: &[&str] = &[
    "doc", "docx", "odt", "rtf", "pdf", "indd", "qxd", "qxp", "dvi", "tex", "wpd", "pages", "ps", "eps", "txt", "ppt",
    "pptx", "xls", "xlsx", "html", "htm", "tif", "jpg", "pmd",
];
/// Names of accounts.
const ACCOUNTS: &[&str] = &[
    "anonymous",
    "administrator",
    "admin",
    "user",
    "owner",
    "unknown",
    "author",
    "root",
    "guest",
    "default",
    "me",
    "microsoft office user",
    "windows user",
    "utilisateur",
    "benutzer",
    "usuario",
    "pc",
    "user1",
    "python-docx",
];

/// A title as printed, or nothing if it is not one.
pub fn title(given: &str) -> Option<String> {
    let title = tidy(given);
    let lower = title.to_lowercase();
    let file = lower.rsplit_once('.').is_some_and(|(_, ending)| FILE_ENDINGS.contains(&ending));
    let program = PROGRAM_TITLES.iter().any(|start| lower.starts_with(start)) || EMPTY_TITLES.contains(&lower.as_str());
    let path = title.contains('\\') || title.starts_with('/') || title.contains("://");
    let wordless =
        title.chars().filter(|c| c.is_alphabetic()).count() < 2 || title.contains(char::REPLACEMENT_CHARACTER);
    let identifier = !title.contains(' ') && title.chars().any(|c| c.is_numeric()) && title.contains(['_', '-']);
    (!file && !program && !path && !wordless && !identifier).then_some(title)
}

/// The names in a field for authors, which may hold several.
pub fn authors<'g>(given: impl IntoIterator<Item = &'g str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in given {
        for part in field.split([';', '\n', '&']).flat_map(|p| p.split(" and ")).flat_map(by_commas) {
            let name = tidy(part);
            let lower = name.to_lowercase();
            let account =
                ACCOUNTS.contains(&lower.as_str()) || !name.chars().any(char::is_alphabetic) || name.contains('@');
            if !account && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// `Ann Lee, Bo Ray` are two names, `Lee, Ann` is one.
fn by_commas(field: &str) -> Vec<&str> {
    let parts: Vec<&str> = field.split(',').collect();
    let several = parts.len() > 1 && parts.iter().all(|p| p.split_whitespace().count() > 1);
    if several { parts } else { vec![field] }
}

/// Gives a text without a title in its properties the title that is printed in it.
pub fn title_from_text(extract: &mut Extract) {
    if extract.metadata.title.is_none() {
        let printed = extract.zones.iter().find(|z| z.kind == ZoneKind::Title).and_then(|z| z.span.of(&extract.text));
        extract.metadata.title = printed.and_then(title);
    }
}

fn tidy(given: &str) -> String {
    let words: String = given.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_is_no_title() {
        for junk in [
            "Microsoft Word - report.doc",
            "report_final.indd",
            "untitled",
            "C:\\texts\\mill",
            "1904-10-21",
            "",
            "doc_12-b",
        ] {
            assert_eq!(title(junk), None, "{junk}");
        }
        assert_eq!(title("  The Mill\n Inquiry ").as_deref(), Some("The Mill Inquiry"));
        assert_eq!(title("1904: A Year of Strikes").as_deref(), Some("1904: A Year of Strikes"));
    }

    #[test]
    fn names_are_told_apart_and_accounts_left_out() {
        assert_eq!(authors(["Ann Lee, Bo Ray and Cy Dow"]), ["Ann Lee", "Bo Ray", "Cy Dow"]);
        assert_eq!(authors(["Lee, Ann; Ray, Bo"]), ["Lee, Ann", "Ray, Bo"]);
        assert_eq!(authors(["Administrator", "anonymous", "pc", "a@b.org"]), [""; 0]);
    }
}
