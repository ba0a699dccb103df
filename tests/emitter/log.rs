use std::fmt::Display;
use std::mem;
use std::sync::{Mutex, PoisonError};

/// What happened so far, in order. Listeners capture a reference to it.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<String>>);

impl Log {
    pub(crate) fn new() -> &'static Self {
        Box::leak(Box::default())
    }

    pub(crate) fn push(&self, entry: impl Display) {
        self.entries().push(entry.to_string());
    }

    /// The entries since the last look.
    pub(crate) fn take(&self) -> Vec<String> {
        mem::take(&mut *self.entries())
    }

    pub(crate) fn len(&self) -> usize {
        self.entries().len()
    }

    fn entries(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
