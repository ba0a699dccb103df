//! The mistakes found so far. What to say about each is in `messages.rs`.

use proc_macro2::{Span, TokenStream};

/// Collects every mistake of one `#[server]`, so that all are told at once.
///
/// Dropping it without [`Errors::finish`] is a bug of ours and panics: a mistake that was found must
/// not be lost on the way.
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

    /// One `compile_error!` for each mistake, or nothing.
    pub(crate) fn finish(mut self) -> Option<TokenStream> {
        self.finished = true;
        self.found.take().map(|found| found.to_compile_error())
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.finished || std::thread::panicking(),
            "the mistakes were collected and never told"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told() {
        let mut errors = Errors::new();
        errors.push(Span::call_site(), "first");
        errors.push(Span::call_site(), "second");
        let told = errors.finish().map(|tokens| tokens.to_string());
        let told = told.expect("two mistakes were pushed");
        assert!(told.contains("first") && told.contains("second"), "{told}");
    }

    #[test]
    #[should_panic(expected = "never told")]
    fn mistakes_cannot_be_forgotten() {
        drop(Errors::new());
    }
}
