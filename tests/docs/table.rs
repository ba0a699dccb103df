//! Tables in Markdown.

/// A table: its header and its rows, each a list of cells.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Returns the table between `<!-- name -->` and `<!-- /name -->`.
    pub(crate) fn marked(document: &str, name: &str) -> Self {
        let lines = between(document, name).lines();
        let mut rows = lines.filter(|line| line.starts_with('|')).map(cells);
        let header = rows.next().unwrap_or_default();
        // Skips the row of dashes.
        rows.next();
        Self {
            header,
            rows: rows.collect(),
        }
    }

    /// Returns the cell of the first row whose first cells begin with `row`, in the column with this header.
    pub(crate) fn cell(&self, row: &[&str], column: &str) -> &str {
        let begins = |cells: &&Vec<String>| {
            let mut pairs = cells.iter().zip(row);
            pairs.all(|(cell, expected)| cell.starts_with(expected))
        };
        let found = self.rows.iter().find(begins);
        let found = found.unwrap_or_else(|| panic!("no row {row:?}"));
        let column = self.column(column);
        &found[column]
    }

    pub(crate) fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|header| header == name);
        found.unwrap_or_else(|| panic!("no column `{name}`"))
    }
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|').trim_end_matches('|');
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// Returns the text between `<!-- name -->` and `<!-- /name -->`, without the blank lines around it.
pub(crate) fn between<'a>(document: &'a str, name: &str) -> &'a str {
    let (_, rest) = document
        .split_once(&format!("<!-- {name} -->\n"))
        .unwrap_or_else(|| panic!("no <!-- {name} -->"));
    let (found, _) = rest
        .split_once(&format!("<!-- /{name} -->"))
        .unwrap_or_else(|| panic!("no <!-- /{name} -->"));
    found.trim_matches('\n')
}
