//! The books, in memory.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A book in the library.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Book {
    /// The number of the book, which the library chooses.
    #[serde(default)]
    pub id: u32,
    pub title: String,
    pub year: Option<i32>,
    #[serde(default)]
    pub genre: Genre,
    /// Words that describe the book.
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub is_lent: bool,
}

/// The genre of a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    #[default]
    Novel,
    Poetry,
    Textbook,
}

/// A change to a book: the fields that are present.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct Change {
    pub title: Option<String>,
    pub year: Option<i32>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    #[default]
    Id,
    Title,
}

/// The conditions that the books of a list satisfy.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Filter {
    pub genre: Option<Genre>,
    /// Books that were published in this year or later.
    pub since: Option<i32>,
    #[serde(default)]
    pub tag: Vec<String>,
}

/// A subscription to the newsletter.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Subscription {
    pub email: String,
    #[serde(default)]
    pub weekly: bool,
}

/// The books and the notes; clones share them.
#[derive(Clone, Default)]
pub struct Shelf(Arc<Mutex<Content>>);

#[derive(Default)]
pub struct Content {
    pub books: BTreeMap<u32, Book>,
    pub notes: BTreeMap<String, String>,
    pub covers: BTreeMap<u32, Vec<u8>>,
}

impl Shelf {
    pub fn lock(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a book under the next free number.
    pub fn add(&self, mut book: Book) -> Book {
        let books = &mut self.lock().books;
        let last = books.keys().next_back().copied().unwrap_or_default();
        book.id = last.saturating_add(1);
        books.insert(book.id, book.clone());
        book
    }
}
