//! Documents read by the program's own reader, for tests of what is made of readings.

use rashomon_core::{Document, Metadata, Snapshot};

/// The snapshot of some documents: path, date, text. `None` where no weights are built in.
pub fn read(told: &[(&str, &str, &str)]) -> Option<Snapshot> {
    rashomon_read::network::Model::built_in()?;
    let mut snapshot = Snapshot::default();
    for (path, date, text) in told {
        let date = (!date.is_empty()).then(|| (*date).to_owned());
        let plain = Document::plain(path, (*text).to_owned());
        let document = Document { metadata: Metadata { date, ..Metadata::default() }, ..plain };
        let reading = rashomon_read::read(&document);
        snapshot.documents.push((document.into(), reading.into()));
    }
    snapshot.sort();
    Some(snapshot)
}
