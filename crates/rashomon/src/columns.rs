//! A view's table as Parquet (parquet.apache.org, format 2), for programs that read whole columns. Same table, same bytes.
//!
//! The type of a column is decided by what stands in it: text if any cell is text or none holds anything, `DOUBLE` if any is
//! a measure, else `INT64`; what is not known is null. The last column is the list of the ids of the statements behind
//! each row. The view's name, what its columns hold and its notes stand in the file's metadata.

use crate::tables::IDS;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use rashomon_core::{Cell, Table};
use std::io::Write;
use std::sync::Arc;

/// Rows of one row group.
const GROUP: usize = 100_000;

/// Writes the table as Parquet.
pub fn to_parquet(table: &Table, out: &mut dyn Write) -> std::io::Result<()> {
    let bytes = bytes(table).map_err(std::io::Error::other)?;
    out.write_all(&bytes)
}

fn bytes(table: &Table) -> Result<Vec<u8>> {
    let kinds: Vec<Physical> = (0..table.columns.len()).map(|n| kind(table, n)).collect();
    let mut fields: Vec<TypePtr> = Vec::new();
    for (name, kind) in table.columns.iter().zip(&kinds) {
        fields.push(Arc::new(leaf(name, *kind, Repetition::OPTIONAL)?));
    }
    fields.push(Arc::new(list(IDS)?));
    let schema = Type::group_type_builder(table.view).with_fields(fields).build()?;
    let notes = serde_json::json!(table.notes).to_string();
    let about = vec![pair("rashomon.view", table.view.to_owned()), pair("rashomon.notes", notes)];
    let properties = WriterProperties::builder().set_key_value_metadata(Some(about)).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    for rows in table.rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for (n, kind) in kinds.iter().enumerate() {
            let cells: Vec<&Cell> = rows.iter().map(|row| row.cells().get(n).unwrap_or(&Cell::Empty)).collect();
            if let Some(mut column) = group.next_column()? {
                write_cells(&mut column, *kind, &cells)?;
                column.close()?;
            }
        }
        if let Some(mut column) = group.next_column()? {
            let ids = || rows.iter().flat_map(|row| row.statements().iter().enumerate());
            let values: Vec<ByteArray> = ids().map(|(_, id)| ByteArray::from(id.as_str())).collect();
            let again: Vec<i16> = ids().map(|(n, _)| i16::from(n > 0)).collect();
            let there = vec![1; values.len()];
            column.typed::<ByteArrayType>().write_batch(&values, Some(&there), Some(&again))?;
            column.close()?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn pair(key: &str, value: String) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(value) }
}

/// The type of a column.
fn kind(table: &Table, column: usize) -> Physical {
    let cells = || table.rows.iter().filter_map(|row| row.cells().get(column));
    let any = |test: fn(&Cell) -> bool| cells().any(test);
    match (any(|c| matches!(c, Cell::Text(_))), any(|c| matches!(c, Cell::Number(_)))) {
        (false, true) => Physical::DOUBLE,
        (false, false) if any(|c| matches!(c, Cell::Count(_))) => Physical::INT64,
        _ => Physical::BYTE_ARRAY,
    }
}

fn leaf(name: &str, kind: Physical, repetition: Repetition) -> Result<Type> {
    let text = (kind == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    Type::primitive_type_builder(name, kind).with_repetition(repetition).with_logical_type(text).build()
}

/// A list of words that is never empty, in the three levels that the format asks for.
fn list(name: &str) -> Result<Type> {
    let element = leaf("element", Physical::BYTE_ARRAY, Repetition::REQUIRED)?;
    let repeated = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
    let repeated = repeated.with_fields(vec![Arc::new(element)]).build()?;
    let outer = Type::group_type_builder(name).with_repetition(Repetition::REQUIRED);
    outer.with_logical_type(Some(LogicalType::List)).with_fields(vec![Arc::new(repeated)]).build()
}

fn write_cells(column: &mut SerializedColumnWriter<'_>, kind: Physical, cells: &[&Cell]) -> Result<()> {
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(!matches!(cell, Cell::Empty))).collect();
    let known = cells.iter().filter(|cell| !matches!(cell, Cell::Empty));
    let written = match kind {
        Physical::INT64 => {
            let count = |cell: &&&Cell| match cell {
                Cell::Count(n) => i64::try_from(*n).unwrap_or(i64::MAX),
                _ => 0,
            };
            let values: Vec<i64> = known.map(|cell| count(&cell)).collect();
            column.typed::<Int64Type>().write_batch(&values, Some(&there), None)
        }
        Physical::DOUBLE => {
            let measure = |cell: &&&Cell| match cell {
                Cell::Count(n) => *n as f64,
                Cell::Number(x) => *x,
                _ => 0.0,
            };
            let values: Vec<f64> = known.map(|cell| measure(&cell)).collect();
            column.typed::<DoubleType>().write_batch(&values, Some(&there), None)
        }
        _ => {
            let values: Vec<ByteArray> = known.map(|cell| ByteArray::from(cell.to_string().into_bytes())).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)
        }
    };
    written.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use rashomon_core::{Row, StatementId};

    fn table() -> Table {
        let id = |n: &str| StatementId::short_of(n.as_bytes());
        let rows = [
            Row::new(
                vec!["é, \"quoted\"\n".into(), 3usize.into(), Cell::Number(0.5), Cell::Empty],
                vec![id("1"), id("2")],
            ),
            Row::new(vec![Cell::Empty, Cell::Empty, 2usize.into(), Cell::Empty], vec![id("3")]),
        ];
        Table {
            view: "claims",
            columns: vec!["claim", "count", "a share", "nothing"],
            rows: rows.into_iter().flatten().collect(),
            notes: vec!["2 rows".into()],
        }
    }

    #[test]
    fn every_cell_comes_back_and_the_same_table_gives_the_same_bytes() {
        let table = table();
        let written = bytes(&table).unwrap();
        assert_eq!(written, bytes(&table).unwrap());
        let reader = SerializedFileReader::new(bytes_of(&written)).unwrap();
        let rows: Vec<Vec<(String, Field)>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(n, f)| (n.clone(), f.clone())).collect())
            .collect();
        let names: Vec<&str> = rows[0].iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["claim", "count", "a share", "nothing", IDS]);
        let field = |row: usize, column: usize| rows[row][column].1.clone();
        assert_eq!(field(0, 0), Field::Str("é, \"quoted\"\n".into()));
        assert_eq!((field(0, 1), field(1, 1)), (Field::Long(3), Field::Null));
        assert_eq!((field(0, 2), field(1, 2)), (Field::Double(0.5), Field::Double(2.0)));
        assert_eq!((field(1, 0), field(0, 3)), (Field::Null, Field::Null));
        let ids = |row: usize| match field(row, 4) {
            Field::ListInternal(list) => list.elements().iter().map(ToString::to_string).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let expected: Vec<String> = table.rows[0].statements().iter().map(|id| format!("\"{id}\"")).collect();
        assert_eq!((ids(0), ids(1).len()), (expected, 1));
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
        assert_eq!(about[1].value.as_deref(), Some(r#"["2 rows"]"#));
    }

    #[test]
    fn a_table_without_rows_is_a_file_too() {
        let empty = Table { rows: Vec::new(), ..table() };
        let reader = SerializedFileReader::new(bytes_of(&bytes(&empty).unwrap())).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    }

    fn bytes_of(written: &[u8]) -> axum::body::Bytes {
        axum::body::Bytes::copy_from_slice(written)
    }
}
