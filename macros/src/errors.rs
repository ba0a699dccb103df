//! The accumulator for compile errors. Their texts are in `messages.rs`.

use proc_macro2::{Span, TokenStream};

/// Collects all errors of one macro invocation, so that they are reported together. Dropping it without calling
/// [`Errors::finish`] is a bug in this crate and panics, because errors would be lost.
pub(crate) struct Errors {
    found: Option<syn::Error>,
    finished: bool,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self {
            found: None,
            finished: false,
        }
    }

    pub(crate) fn push(&mut self, span: Span, message: impl std::fmt::Display) {
        self.add(syn::Error::new(span, message));
    }

    pub(crate) fn add(&mut self, error: syn::Error) {
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_none()
    }

    /// Returns one `compile_error!` for each error, in source order.
    pub(crate) fn finish(mut self) -> Vec<TokenStream> {
        self.finished = true;
        let (mut expanded, mut starts) = (Vec::new(), Vec::new());
        for error in self.found.take().into_iter().flatten() {
            let start = error.span().start();
            let start = (start.line, start.column);
            let place = starts.partition_point(|it| *it <= start);
            starts.insert(place, start);
            expanded.insert(place, error.to_compile_error());
        }
        expanded
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.finished || std::thread::panicking(),
            "the errors were collected and never reported"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_reported() {
        let mut errors = Errors::new();
        errors.push(Span::call_site(), "first");
        errors.push(Span::call_site(), "second");
        let found: Vec<String> = errors.finish().iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("first") && found[1].contains("second"));
    }

    #[test]
    #[should_panic(expected = "never reported")]
    fn errors_cannot_be_lost() {
        drop(Errors::new());
    }
}
