//! The model that the program carries with it, loaded when it is first asked for and then shared by everything. It is there
//! if `models/en.safetensors` was there when the program was built (see `build.rs`).

use super::model::Model;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/weights.rs"));

static MODEL: OnceLock<Option<Model>> = OnceLock::new();

impl Model {
    /// The built-in model: none if the program was built without weights.
    pub fn built_in() -> Option<&'static Model> {
        MODEL.get_or_init(|| WEIGHTS.and_then(|bytes| Model::load(bytes).ok())).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_that_were_built_in_can_be_read() {
        let Some(bytes) = WEIGHTS else { return eprintln!("skipped: built without models/en.safetensors") };
        assert!(Model::load(bytes).is_ok_and(|m| !m.parse("The mill stood empty.").is_empty()));
        assert!(std::ptr::eq(Model::built_in().unwrap(), Model::built_in().unwrap()));
    }
}
