//! ZIP archives: each member is a file of its own. Nothing is written to the disk, and still a member whose name leads
//! out of the archive is refused, because its maker meant harm or its name lies.

use crate::fault::Fault;
use crate::format::{Content, Context, Format, Member};
use crate::sidecar::{self, Sidecar};
use crate::unreadable::recognised_zip;
use crate::zipped::{Archive, Entry, encrypted, is_zip};
use std::collections::{BTreeMap, BTreeSet};

/// ZIP archives.
pub const FORMAT: Format =
    Format { name: "ZIP", extensions: &["zip"], media_type: "application/zip", sniff: |bytes, _| is_zip(bytes), read };

fn read(bytes: &[u8], context: &Context<'_>) -> Result<Content, Fault> {
    let mut archive = Archive::open(bytes, "ZIP", context.limits)?;
    if let Some(fault) = recognised_zip(|name| archive.has(name)) {
        return Err(fault);
    }
    let mut content = Content::default();
    let mut refuse =
        |name: &str, fault: &Fault| content.refusals.push(fault.refuse(&format!("{}/{name}", context.name)));
    let mut wanted: Vec<Entry> = Vec::new();
    for entry in archive.entries() {
        match entry {
            Ok(entry) if entry.folder || is_hidden(&entry.name) => {}
            Ok(entry) => match fault_of(&entry) {
                Some(fault) => refuse(&entry.name, &fault),
                None => wanted.push(entry),
            },
            Err(fault) => refuse("", &fault),
        }
    }
    wanted.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
    let (sidecars, documents): (Vec<Entry>, Vec<Entry>) =
        wanted.into_iter().partition(|e| sidecar::is_sidecar(&e.name));
    let sidecars: BTreeMap<String, usize> = sidecars.into_iter().map(|e| (e.name, e.index)).collect();
    let mut taken = BTreeSet::new();
    for entry in documents {
        let beside = sidecar::names_for(&entry.name).into_iter().find_map(|name| Some((*sidecars.get(&name)?, name)));
        match archive.read_at(entry.index) {
            Ok(bytes) => {
                let sidecar = beside.map(|(index, path)| Sidecar {
                    name: path.rsplit('/').next().unwrap_or_default().to_owned(),
                    bytes: archive.read_at(index).unwrap_or_default(),
                });
                content.members.push(Member { name: unused(entry.name, &mut taken), bytes, sidecar });
            }
            Err(fault) => refuse(&entry.name, &fault),
        }
    }
    Ok(content)
}

/// What computers put into archives for themselves.
fn is_hidden(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name.rsplit('/').next().is_some_and(|file| file.starts_with('.') && !file.starts_with(".."))
}

fn fault_of(entry: &Entry) -> Option<Fault> {
    let outside = entry.name.starts_with('/')
        || entry.name.split('/').any(|part| part == "..")
        || entry.name.get(1..3).is_some_and(|drive| drive == ":/");
    if outside {
        let remedy = "look at where the archive comes from; rename the member if it is harmless";
        return Some(Fault::new("its name leads out of the archive, so it was not read", remedy));
    }
    entry.encrypted.then(encrypted)
}

/// Two members may have one name; the later ones get a number, so that none is lost.
fn unused(name: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{name}~{n}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|n| !taken.contains(n)).unwrap_or(name);
    taken.insert(free.clone());
    free
}
