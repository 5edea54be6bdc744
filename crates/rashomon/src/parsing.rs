//! Texts to CoNLL-U, without a ledger: one document or many, on several threads, written in the order in which they were
//! given. What a file holds, plain text or words that were cut elsewhere, is seen from its first lines.

use crate::error::Error;
use rashomon_read::network::{Gazetteer, Model, Parse, conllu};
use std::io::Read as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

/// What is said where there is nothing to read with.
const NO_MODEL: &str = "This program was built without the weights of its reader. Name a file with them: --model FILE. \
                        (They are built in where the project has models/en.safetensors while it is compiled.)";

/// So many documents for each thread are held before they are written.
const AHEAD: usize = 16;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The standard input.
    Input,
    /// A file.
    File(PathBuf),
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Running text.
    Text,
    /// CoNLL-U, of which the words are kept.
    Words,
}

/// What became of a source.
pub enum Written {
    /// CoNLL-U.
    Conllu(String),
    /// Why it was not read: what happened, to which file, what to do.
    Refused(String),
}

/// The trained reader, built in or from a file.
pub struct Reader {
    own: Option<Model>,
    known: Gazetteer,
}

impl Reader {
    /// The reader with the weights of a file, or with those that are built in; and with the names of another file beside
    /// those of states, capitals and nationalities.
    pub fn new(weights: Option<&Path>, names: Option<&Path>) -> Result<Reader, Error> {
        let known = names.map_or_else(|| Ok(Gazetteer::built_in().clone()), own_names)?;
        let Some(file) = weights else {
            return Model::built_in().map(|_| Reader { own: None, known }).ok_or_else(|| Error::said(NO_MODEL));
        };
        let name = file.display();
        let bytes = std::fs::read(file).map_err(|e| {
            Error::said(format!("The weights {name} could not be opened: {e}. Check the path after --model."))
        })?;
        let model = Model::load(&bytes)
            .map_err(|e| Error::said(format!("{name}: {e}. Name another file after --model, or leave it out.")))?;
        Ok(Reader { own: Some(model), known })
    }

    /// Reads all sources, as many at a time as there are threads, and hands them over in order.
    pub fn write_all(
        &self,
        sources: &[Source],
        form: Option<Form>,
        threads: NonZeroUsize,
        take: &mut dyn FnMut(Written) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let several = sources.len() > 1;
        let count = threads.get().min(sources.len());
        // Each thread reads every so-many-th source and lives to the end: threads that come and go leave memory behind.
        std::thread::scope(|scope| {
            let mut channels = Vec::new();
            for first in 0..count {
                let (send, receive) = sync_channel(AHEAD);
                channels.push(receive);
                scope.spawn(move || {
                    for source in sources.iter().skip(first).step_by(count) {
                        if send.send(self.write(source, form, several)).is_err() {
                            return;
                        }
                    }
                });
            }
            let mut turns = channels.iter().cycle();
            let written = sources.iter().filter_map(|_| turns.next()?.recv().ok());
            written.into_iter().try_for_each(&mut *take)
        })
    }

    fn write(&self, source: &Source, form: Option<Form>, several: bool) -> Written {
        let Some(model) = self.own.as_ref().or_else(|| Model::built_in()) else {
            return Written::Refused(NO_MODEL.into());
        };
        let read = read(source).and_then(|text| {
            let form = form.unwrap_or_else(|| guess(&text));
            Ok((conllu_of(model, &self.known, &text, form).map_err(|e| format!("{}: {e}", name(source)))?, form))
        });
        match read {
            Err(why) => Written::Refused(why),
            Ok((out, Form::Text)) if several => Written::Conllu(format!("# newdoc id = {}\n{out}", name(source))),
            Ok((out, _)) => Written::Conllu(out),
        }
    }
}

fn own_names(file: &Path) -> Result<Gazetteer, Error> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|e| Error::said(format!("The names {name} could not be read: {e}. Check the path after --names.")))?;
    let wanted = "Lists called persons, places, organizations and peoples are understood; see docs/parse.md.";
    Gazetteer::with(&text).map_err(|e| Error::said(format!("{name}: {e}. {wanted}")))
}

fn name(source: &Source) -> String {
    match source {
        Source::Input => "the standard input".into(),
        Source::File(path) => path.display().to_string().replace(['\n', '\r'], " "),
    }
}

/// The text of a source, without a byte-order mark.
fn read(source: &Source) -> Result<String, String> {
    let mut bytes = Vec::new();
    let done = match source {
        Source::Input => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        Source::File(path) => std::fs::read(path).map(|b| bytes = b),
    };
    done.map_err(|e| format!("{} could not be read: {e}. Check the path.", name(source)))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let place = e.utf8_error().valid_up_to();
        format!(
            "{} is not text in UTF-8 (byte {place}). Convert it, or take `rashomon read`, which knows other encodings \
             and formats.",
            name(source)
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// CoNLL-U if the first line that is no comment has its ten columns, of which the first is a number.
fn guess(text: &str) -> Form {
    let mut lines = text.lines().map(|l| l.trim_end_matches('\r')).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let number = columns.first().is_some_and(|c| c.starts_with(|d: char| d.is_ascii_digit()));
    if columns.len() == 10 && number { Form::Words } else { Form::Text }
}

fn conllu_of(model: &Model, known: &Gazetteer, text: &str, form: Form) -> Result<String, String> {
    match form {
        Form::Text => Ok(conllu::write(&model.parse_with(text, known), text)),
        Form::Words => {
            let given = conllu::Pretokenised::read(text)
                .map_err(|e| format!("{e}. Give running text with --from text, or mend the line"))?;
            let parses: Vec<Parse> = given.documents.iter().map(|d| model.parse_words_with(text, d, known)).collect();
            Ok(given.write(text, &parses))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_text() {
        let row = "1\tMills\tmill\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n";
        assert_eq!(guess(row), Form::Words);
        assert_eq!(guess(&format!("# newdoc\n\n# text = Mills\n1-2{}", &row[1..])), Form::Words);
        assert_eq!(guess("# A heading\n\nMills closed."), Form::Text);
        assert_eq!(guess("1\tMills\t3\n"), Form::Text, "a table is no CoNLL-U");
        assert_eq!(guess(""), Form::Text);
    }
}
