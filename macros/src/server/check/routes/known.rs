//! The names that a route or the code around it may declare.

use crate::server::model::{Server, add_words};
use std::collections::HashSet;

pub(super) struct Known<'a> {
    server: &'a Server,
    arguments: Vec<String>,
    /// The words in the statements between the routes, which may declare any of them.
    words: HashSet<String>,
}

impl<'a> Known<'a> {
    pub(super) fn of(server: &'a Server) -> Self {
        let mut words = HashSet::new();
        for code in server.statements() {
            add_words(code, &mut words);
        }
        Self {
            server,
            arguments: server.argument_names(),
            words,
        }
    }

    /// Returns whether a route or the code around it may have a variable of that name.
    pub(super) fn has(&self, index: usize, name: &str) -> bool {
        self.server.routes[index].declares(name)
            || self.arguments.iter().any(|argument| argument == name)
            || self.words.contains(name)
    }
}
