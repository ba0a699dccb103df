//! The limits of forms.

#[derive(Debug)]
pub(super) struct Limits {
    /// The maximum size of a text field, in bytes.
    pub(super) field: u64,
    /// The maximum size of a file, in bytes.
    pub(super) file: u64,
    /// The maximum sizes of the fields and files with certain names, in bytes.
    pub(super) named: Vec<(String, u64)>,
    pub(super) parts: usize,
    /// The maximum size of the body, in bytes.
    pub(super) total: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            field: 64 << 10,
            file: 16 << 20,
            named: Vec::new(),
            parts: 100,
            total: 64 << 20,
        }
    }
}

impl Limits {
    pub(super) fn of(&self, name: &str, is_file: bool) -> u64 {
        let named = self.named.iter().rev().find(|(other, _)| other == name);
        match named {
            Some((_, limit)) => *limit,
            None if is_file => self.file,
            None => self.field,
        }
    }
}
