//! Which files are found under which names, and what becomes of links, shut folders, pipes and files that vanish.

#![allow(clippy::unwrap_used)]

use rashomon_core::Refusal;
use rashomon_intake::{Found, Limits, find, load, load_within, open};
use std::fs;
use std::path::PathBuf;

const PROSE: &str = "The mill on the river burned in the night, and the mayor said that nobody was hurt.";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("rashomon-intake-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
    fn names(&self) -> (Vec<String>, Vec<Refusal>) {
        let (found, refusals) = find(std::slice::from_ref(&self.0));
        let own = format!("{}/", self.0.file_name().unwrap().to_string_lossy());
        (found.into_iter().map(|f| f.name.strip_prefix(&own).unwrap().to_owned()).collect(), refusals)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_are_found_once_sorted_and_without_the_hidden() {
    let folder = Folder::new("find");
    for name in ["b.txt", "sub/a.txt", "sub/.hidden.txt", ".git/x.txt", "b.meta.json", "stray.meta.json"] {
        folder.write(name, PROSE);
    }
    let (names, refusals) = folder.names();
    assert_eq!(names, ["b.txt", "sub/a.txt"]);
    assert_eq!(refusals.len(), 1);
    assert!(refusals[0].path.ends_with("stray.meta.json") && refusals[0].reason.contains("not there"), "{refusals:?}");

    let b = folder.0.join("b.txt");
    let paths = [folder.0.clone(), b.clone(), folder.0.join("sub"), folder.0.join("./sub/../b.txt")];
    let (forwards, _) = find(&paths);
    let reversed: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    assert_eq!(find(&reversed).0, forwards, "whatever the order of the arguments");
    assert_eq!(forwards.len(), 2, "{forwards:?}");
    assert_eq!(find(std::slice::from_ref(&b)).0[0].name, "b.txt");
    let missing = folder.0.join("missing.txt");
    let (found, refusals) = find(&[missing]);
    assert!(found.is_empty() && refusals[0].reason.contains("does not exist"));
    let (_, refusals) = find(&[folder.0.join("b.meta.json")]);
    assert!(refusals[0].reason.contains("metadata of a document"));
}

#[test]
fn folders_of_one_name_are_told_apart() {
    let folder = Folder::new("twins");
    folder.write("one/docs/a.txt", PROSE);
    folder.write("two/docs/a.txt", PROSE);
    let (found, _) = find(&[folder.0.join("one/docs"), folder.0.join("two/docs")]);
    let names: Vec<_> = found.iter().map(|f| f.name.as_str()).collect();
    assert!(names[0].ends_with("one/docs/a.txt") && names[1].ends_with("two/docs/a.txt"), "{names:?}");
    assert_ne!(names[0], names[1]);
}

#[cfg(unix)]
#[test]
fn loops_of_links_and_pipes_are_refused_and_the_rest_is_found() {
    let folder = Folder::new("loop");
    folder.write("a.txt", PROSE);
    fs::create_dir(folder.0.join("sub")).unwrap();
    std::os::unix::fs::symlink(&folder.0, folder.0.join("sub/up")).unwrap();
    std::os::unix::fs::symlink("self", folder.0.join("self")).unwrap();
    std::os::unix::fs::symlink("nowhere.txt", folder.0.join("broken.txt")).unwrap();
    std::os::unix::fs::symlink("a.txt", folder.0.join("z-again.txt")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.0.join("pipe")).status().is_ok_and(|s| s.success());
    let (names, refusals) = folder.names();
    assert_eq!(names, ["a.txt"], "the link to it is the same file");
    let reason =
        |end: &str| refusals.iter().find(|r| r.path.ends_with(end)).map(|r| r.reason.clone()).unwrap_or_default();
    assert!(reason("sub/up").contains("leads back"), "{refusals:?}");
    assert!(reason("/self").contains("circle"), "{refusals:?}");
    assert!(reason("broken.txt").contains("does not exist"), "{refusals:?}");
    assert!(!made || reason("pipe").contains("a pipe"), "{refusals:?}");
}

#[cfg(unix)]
#[test]
fn a_web_of_links_is_walked_once() {
    let folder = Folder::new("web");
    folder.write("data/a.txt", PROSE);
    let mut last = folder.0.join("data");
    for level in 0..20 {
        let next = folder.0.join(format!("level{level}"));
        fs::create_dir(&next).unwrap();
        for name in ["x", "y"] {
            std::os::unix::fs::symlink(&last, next.join(name)).unwrap();
        }
        last = next;
    }
    let (names, refusals) = folder.names();
    assert_eq!((names.len(), refusals.len()), (1, 0), "two to the power of twenty ways lead to one file");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("shut");
    folder.write("shut/a.txt", PROSE);
    folder.write("b.txt", PROSE);
    let shut = folder.0.join("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read_dir(&shut).is_ok() {
        return eprintln!("skipped: this user may enter every folder");
    }
    let (names, refusals) = folder.names();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(names, ["b.txt"]);
    assert!(refusals[0].path.ends_with("/shut") && refusals[0].reason.contains("no permission"), "{refusals:?}");
}

#[test]
fn a_file_that_vanishes_or_grows_is_refused_and_no_other() {
    let folder = Folder::new("vanish");
    let path = folder.write("a.txt", PROSE);
    let (found, _) = find(std::slice::from_ref(&folder.0));
    fs::remove_file(&path).unwrap();
    let refusal = load(&found[0]).unwrap_err();
    assert!(refusal.path.ends_with("/a.txt") && refusal.reason.contains("is gone"), "{refusal:?}");

    let large = folder.write("b.txt", PROSE.repeat(100));
    let limits = Limits { file: 100, ..Limits::default() };
    let found = Found { name: "b.txt".into(), path: large };
    let refusal = load_within(&found, &limits).unwrap_err();
    assert!(refusal.reason.contains("larger than"), "{refusal:?}");
}

#[test]
fn the_metadata_file_beside_a_document_is_loaded() {
    let folder = Folder::new("beside");
    folder.write("a.txt", PROSE);
    folder.write("a.meta.json", r#"{"title": "Beside"}"#);
    let (found, refusals) = find(std::slice::from_ref(&folder.0));
    assert_eq!((found.len(), refusals.len()), (1, 0));
    let opened = open(&load(&found[0]).unwrap());
    assert_eq!(opened.documents[0].metadata.title.as_deref(), Some("Beside"));
    folder.write("a.meta.json", "");
    let opened = open(&load(&found[0]).unwrap());
    assert_eq!(opened.refusals[0].path, found[0].name.replace("a.txt", "a.meta.json"));
    assert!(opened.refusals[0].reason.contains("empty or cannot be read"), "{:?}", opened.refusals);
}
