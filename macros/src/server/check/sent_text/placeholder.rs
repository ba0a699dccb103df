//! Placeholders in text that is not formatted.

use crate::messages;
use crate::server::model::{Server, add_words};
use quote::ToTokens;
use std::collections::HashSet;
use syn::parse::Parser;
use syn::{Block, LitStr, Stmt};

/// The variables that routes can use: the arguments of the function and the variables of the statements.
#[derive(Default)]
pub(super) struct Variables(Option<HashSet<String>>);

impl Variables {
    /// Returns the warning for `"hello {name}"` and `"hello ${name}"`, if there is a variable `name`.
    pub(super) fn placeholder_in(&mut self, text: &LitStr, server: &Server) -> Option<String> {
        let value = text.value();
        let names: Vec<&str> = value
            .split('{')
            .skip(1)
            .filter_map(|piece| piece.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        // Most texts have no braces, and the variables are collected only for those that do.
        if names.is_empty() {
            return None;
        }
        let variables = self.0.get_or_insert_with(|| variables(server));
        let name = names.iter().find(|name| variables.contains(**name))?;
        let ours = value.replace("${", "{");
        Some(messages::placeholder_in_text(name, &ours))
    }
}

fn variables(server: &Server) -> HashSet<String> {
    let mut names: HashSet<String> = server.argument_names().into_iter().collect();
    for statement in server.statements() {
        for statement in Block::parse_within
            .parse2(statement.clone())
            .unwrap_or_default()
        {
            if let Stmt::Local(local) = &statement {
                add_words(&local.pat.to_token_stream(), &mut names);
            }
        }
    }
    names
}
