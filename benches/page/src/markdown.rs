//! Tables, and the page that contains them.

use std::fmt;
use std::fs;
use std::io::{self, Error};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A Markdown table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new<T: Into<String>>(head: impl IntoIterator<Item = T>) -> Self {
        Self {
            head: head.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Parses the first table in a text.
    pub fn parse(text: &str) -> Self {
        let cells = |line: &str| -> Vec<String> {
            let line = line.trim().trim_start_matches('|').trim_end_matches('|');
            line.split('|').map(|cell| cell.trim().to_owned()).collect()
        };
        let lines = text.lines().skip_while(|line| !line.starts_with('|'));
        let mut lines = lines.take_while(|line| line.starts_with('|')).map(cells);
        let head = lines.next().unwrap_or_default();
        let rows = lines.skip(1).collect();
        Self { head, rows }
    }

    /// Returns the number at the beginning of a cell, if there is one.
    pub fn number(cell: &str) -> Option<f64> {
        let first = cell.trim_matches('*').split(' ').next()?;
        first.replace(',', "").parse().ok()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = vec!["---".to_owned(); self.head.len()];
        for row in [&self.head, &rule].into_iter().chain(&self.rows) {
            writeln!(f, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}

/// A Markdown page with places for the output of programs: from `<!-- name -->` to `<!-- /name -->`.
///
/// The file is read each time, because a measurement takes a long time and the page may change in the meantime.
pub struct Page {
    path: PathBuf,
}

impl Page {
    /// Returns the page next to a folder of plots: `docs/performance.md` for `docs/performance`.
    pub fn beside(folder: &Path) -> io::Result<Self> {
        let path = folder.with_extension("md");
        let page = Self { path };
        page.read()?;
        Ok(page)
    }

    /// Returns the table at a place.
    pub fn get(&self, place: &str) -> io::Result<Table> {
        let text = self.read()?;
        Ok(Table::parse(&text[self.find(&text, place)?]))
    }

    /// Puts a table into a place.
    pub fn put(&self, place: &str, table: &Table) -> io::Result<()> {
        let mut text = self.read()?;
        let at = self.find(&text, place)?;
        text.replace_range(at, &format!("\n\n{table}\n"));
        fs::write(&self.path, text)
    }

    fn read(&self) -> io::Result<String> {
        fs::read_to_string(&self.path)
            .map_err(|error| Error::other(format!("{}: {error}", self.path.display())))
    }

    fn find(&self, text: &str, place: &str) -> io::Result<Range<usize>> {
        let (open, close) = (format!("<!-- {place} -->"), format!("<!-- /{place} -->"));
        let start = text.find(&open).map(|at| at + open.len());
        match (start, text.find(&close)) {
            (Some(start), Some(end)) if start <= end => Ok(start..end),
            _ => Err(Error::other(format!(
                "{} has no place for {place}",
                self.path.display()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_that_was_written_is_read_again() {
        let mut table = Table::new(["router", "ns"]);
        table.row(["**onward**", "1,029 (3.7×)"]);
        let read = Table::parse(&format!("Words.\n\n{table}\nMore words."));
        assert_eq!(read, table);
        assert_eq!(Table::number(&read.rows[0][1]), Some(1029.0));
        assert_eq!(Table::number(&read.rows[0][0]), None);
    }
}
