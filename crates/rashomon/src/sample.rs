//! The bundled sample: accounts of one night told by different hands, inside the program, so that a newcomer has
//! something to look at without a file or a network.

use crate::error::Error;
use rust_embed::RustEmbed;
use std::path::{Path, PathBuf};

/// Name of the sample's folder, and so the first part of its documents' names.
pub const NAME: &str = "dogger-bank";

#[derive(RustEmbed)]
#[folder = "../../fixtures/dogger-bank/accounts"]
struct Accounts;

/// Names of the sample's files, sorted.
pub fn files() -> Vec<String> {
    let mut names: Vec<String> = Accounts::iter().map(|name| name.into_owned()).collect();
    names.sort();
    names
}

/// Writes the sample's files into a folder of its name inside the given folder, and returns it.
pub fn write_into(folder: &Path) -> Result<PathBuf, Error> {
    let target = folder.join(NAME);
    for name in files() {
        let Some(file) = Accounts::get(&name) else { continue };
        let path = target.join(&name);
        let parent = path.parent().unwrap_or(&target);
        let written = std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, &file.data));
        written.map_err(|e| Error::writing(&path.display().to_string(), &e))?;
    }
    Ok(target)
}
