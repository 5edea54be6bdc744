//! Puts the reader's weights into the program where `models/en.safetensors` lies in the project when it is built. Without
//! the file everything builds and tests all the same, and the reader then has no built-in model.

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
    let folder = variable("CARGO_MANIFEST_DIR")?.join("../../models");
    // A path that does not exist would make every build begin anew: the folder, which always does, tells of the file.
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    let file = folder.join("en.safetensors");
    let value = if file.exists() { included(&file)? } else { "None".to_owned() };
    let source = format!("const WEIGHTS: Option<&[u8]> = {value};\n");
    Ok(std::fs::write(variable("OUT_DIR")?.join("weights.rs"), source)?)
}

fn included(file: &Path) -> Result<String, Box<dyn Error>> {
    let path = file.canonicalize()?;
    let path = path.to_str().ok_or("the project lies under a path that is not UTF-8")?;
    Ok(format!("Some(include_bytes!({path:?}))"))
}
