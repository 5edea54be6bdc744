//! Which files there are. Everything found gets a name that depends only on what was given and how the files lie, never
//! on the order of the arguments or of the disk; everything that cannot be looked into is refused by name.

use crate::fault::Fault;
use crate::sidecar;
use rashomon_core::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file found under the paths a person gave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its name in the ledger: the path as given, relative to the given folder's parent, with `/` between folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// Every file under the given files and folders, sorted by name, each once; folders that cannot be entered, loops of
/// links and paths that do not exist come back as refusals. Hidden files and metadata files are left out.
pub fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Refusal>) {
    let mut search = Search::default();
    let given: BTreeSet<&PathBuf> = paths.iter().collect();
    let prefixes = prefixes(given.iter().copied());
    for path in given {
        let prefix = prefixes.get(path.as_path()).cloned().unwrap_or_default();
        match std::fs::metadata(path) {
            Ok(kind) if kind.is_dir() => search.folder(path, &prefix),
            Ok(kind) => search.single(path, kind.is_file()),
            Err(error) => search.refuse(&shown(path), &unreachable(&error)),
        }
    }
    search.finish()
}

/// The name each given folder's files begin with: the folder's own name; where two folders share it, the whole path.
fn prefixes<'a>(paths: impl Iterator<Item = &'a PathBuf> + Clone) -> BTreeMap<&'a Path, String> {
    let own = |path: &Path| -> String {
        let named = path.file_name().map(|n| n.to_string_lossy().into_owned());
        // `.` and `..` have no name of their own.
        let real = || path.canonicalize().ok()?.file_name().map(|n| n.to_string_lossy().into_owned());
        named.or_else(real).unwrap_or_default()
    };
    let mut count: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for path in paths.clone().filter(|p| p.is_dir()) {
        count.entry(own(path)).or_default().insert(path.canonicalize().unwrap_or_else(|_| path.clone()));
    }
    let unique = |name: &str| count.get(name).is_none_or(|folders| folders.len() < 2);
    paths.map(|path| (path.as_path(), Some(own(path)).filter(|n| unique(n)).unwrap_or_else(|| shown(path)))).collect()
}

/// A path for people and for the ledger: `/` between folders, no leading `./`, no leading `/`.
fn shown(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[derive(Default)]
struct Search {
    /// By the file's real place, so that no way of naming it finds it twice; the smallest name stays.
    found: BTreeMap<PathBuf, Found>,
    /// Folders already seen through a link, by their real place: a web of links is walked once.
    linked: BTreeSet<PathBuf>,
    /// Metadata files met on the way, with their names.
    sidecars: BTreeMap<PathBuf, String>,
    refusals: BTreeSet<Refusal>,
}

impl Search {
    fn folder(&mut self, folder: &Path, prefix: &str) {
        let mut linked = std::mem::take(&mut self.linked);
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        let entered = walk.filter_entry(|entry| is_wanted(entry) && !seen_through_link(entry, &mut linked));
        for entry in entered {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if sidecar::is_sidecar(&entry.file_name().to_string_lossy()) => {
                    self.sidecars.insert(entry.path().to_owned(), below(entry.path(), folder, prefix));
                }
                Ok(entry) => {
                    let name = below(entry.path(), folder, prefix);
                    self.take(name, entry.path(), entry.file_type().is_file());
                }
                Err(error) => {
                    let name = error.path().map_or_else(|| prefix.to_owned(), |path| below(path, folder, prefix));
                    let fault = match error.io_error() {
                        Some(cause) => unreachable(cause),
                        None => Fault::new(
                            "this link leads back to a folder above it",
                            "remove the link; the rest was read",
                        ),
                    };
                    self.refuse(&name, &fault);
                }
            }
        }
        self.linked = linked;
    }

    /// A file named by itself: its path as given, or its own name where that begins at the root of the disk.
    fn single(&mut self, path: &Path, regular: bool) {
        let own = path.file_name().map(|n| n.to_string_lossy().into_owned());
        let name = if path.is_absolute() { own.unwrap_or_else(|| shown(path)) } else { shown(path) };
        if sidecar::is_sidecar(&name) {
            let remedy = "name the document beside it, and it will be used";
            return self.refuse(&name, &Fault::new("it is the metadata of a document, not a document", remedy));
        }
        self.take(name, path, regular);
    }

    fn take(&mut self, name: String, path: &Path, regular: bool) {
        if !regular {
            let what = "it is no file but a device, a pipe or a socket";
            return self.refuse(&name, &Fault::new(what, "copy what it gives into a file"));
        }
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let new = Found { name, path: path.to_owned() };
        match self.found.get_mut(&real) {
            Some(old) if new < *old => *old = new,
            Some(_) => {}
            None => {
                self.found.insert(real, new);
            }
        }
    }

    fn refuse(&mut self, name: &str, fault: &Fault) {
        self.refusals.insert(fault.refuse(name));
    }

    /// A metadata file beside no document is a slip of the pen that would cost the metadata in silence.
    fn stray_sidecars(&mut self) {
        if self.sidecars.is_empty() {
            return;
        }
        for found in self.found.values() {
            let name = found.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for candidate in sidecar::names_for(&name) {
                self.sidecars.remove(&found.path.with_file_name(candidate));
            }
        }
        let remedy = "name it after its document: `letter.meta.json` for `letter.txt`";
        let fault = Fault::new("it is the metadata of a document that is not there", remedy);
        self.refusals.extend(self.sidecars.values().map(|name| fault.refuse(name)));
    }

    /// Sorted by name; two files of one name (given one by one from different folders) are told apart by their paths.
    fn finish(mut self) -> (Vec<Found>, Vec<Refusal>) {
        self.stray_sidecars();
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for found in self.found.values() {
            *count.entry(found.name.clone()).or_default() += 1;
        }
        let named = self.found.into_values().map(|found| match count.get(&found.name) {
            Some(2..) => Found { name: shown(&found.path), ..found },
            _ => found,
        });
        let mut all: Vec<Found> = named.collect();
        all.sort();
        (all, self.refusals.into_iter().collect())
    }
}

fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !name.starts_with('.')
}

fn seen_through_link(entry: &DirEntry, linked: &mut BTreeSet<PathBuf>) -> bool {
    let link = entry.depth() > 0 && entry.path_is_symlink() && entry.file_type().is_dir();
    link && entry.path().canonicalize().is_ok_and(|real| !linked.insert(real))
}

fn below(path: &Path, folder: &Path, prefix: &str) -> String {
    let rest = shown(path.strip_prefix(folder).unwrap_or(path));
    [prefix, rest.as_str()].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("/")
}

/// What an error of the operating system means for a person.
pub fn unreachable(error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::NotFound => Fault::new("it does not exist or is gone", "check the name and try again"),
        std::io::ErrorKind::PermissionDenied => {
            Fault::new("you have no permission to read it", "ask its owner, or change its permissions")
        }
        // ELOOP has no stable kind yet.
        _ if error.raw_os_error() == Some(40) => Fault::new("this link leads in a circle", "remove the link"),
        _ => Fault::new(format!("the system cannot read it ({error})"), "check the disk and try again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clean_and_keep_their_way_up() {
        assert_eq!(shown(Path::new("./a/./b.txt")), "a/b.txt");
        assert_eq!(shown(Path::new("../a/b.txt")), "../a/b.txt");
        assert_eq!(shown(Path::new("/a/b.txt")), "a/b.txt");
    }
}
