//! Parts that most values do not have.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// A part that most values do not have, in an allocation of its own.
///
/// It is used like the `Option` that it contains. The difference is the size of the program: rustc compiles the code
/// that drops a value into every codegen unit that may drop one, and for the part of a `Rare` that code is a call.
pub(crate) struct Rare<T>(Option<Box<T>>);

impl<T> Rare<T> {
    pub(crate) const NONE: Self = Self(None);

    pub(crate) fn some(part: T) -> Self {
        Self(Some(Box::new(part)))
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<T: Clone> Clone for Rare<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> From<Option<Box<T>>> for Rare<T> {
    fn from(part: Option<Box<T>>) -> Self {
        Self(part)
    }
}

impl<T> Deref for Rare<T> {
    type Target = Option<Box<T>>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> DerefMut for Rare<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<T> Drop for Rare<T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(part) = self.0.take() {
            drop_part(part);
        }
    }
}

#[inline(never)]
fn drop_part<T>(part: Box<T>) {
    drop(part);
}
