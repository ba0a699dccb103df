//! Warnings about code that is valid Rust, but almost certainly a mistake. Macros cannot emit warnings on stable Rust,
//! so each warning is the use of a deprecated item: see `expand/warnings.rs`.

use proc_macro2::Span;

#[derive(Default)]
pub(crate) struct Warnings(Vec<(Span, String)>);

impl Warnings {
    pub(super) fn push(&mut self, span: Span, message: String) {
        self.0.push((span, message));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Span, String)> {
        self.0.iter()
    }
}
