//! Statements in the making: an if whose only statement is another if becomes one of both.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

#[derive(Default)]
pub(super) struct Block {
    statements: Vec<Statement>,
    returns: bool,
}

enum Statement {
    /// `if a && let Some(b) = c { … }`
    If {
        attribute: Option<TokenStream>,
        conditions: Vec<TokenStream>,
        then: Block,
    },
    Other(TokenStream),
}

impl Block {
    pub(super) fn push(&mut self, statement: TokenStream) {
        if !self.returns {
            self.statements.push(Statement::Other(statement));
        }
    }

    /// A statement behind which nothing is reached.
    pub(super) fn push_last(&mut self, statement: TokenStream) {
        self.push(statement);
        self.returns = true;
    }

    pub(super) fn push_if(
        &mut self,
        attribute: Option<TokenStream>,
        mut conditions: Vec<TokenStream>,
        mut then: Block,
    ) {
        if self.returns || then.statements.is_empty() {
            return;
        }
        if let [
            Statement::If {
                attribute: None, ..
            },
        ] = then.statements.as_slice()
            && let Some(Statement::If {
                conditions: inner,
                then: behind,
                ..
            }) = then.statements.pop()
        {
            conditions.extend(inner);
            then = behind;
        }
        self.statements.push(Statement::If {
            attribute,
            conditions,
            then,
        });
    }

    /// All of `other` under an attribute, in braces unless it is one statement.
    pub(super) fn push_under(&mut self, attribute: &TokenStream, other: &Block) {
        self.push(match other.statements.as_slice() {
            [_] => quote!(#attribute #other),
            _ => quote!(#attribute { #other }),
        });
    }

    pub(super) fn append(&mut self, mut other: Block) {
        if !self.returns {
            self.statements.append(&mut other.statements);
            self.returns = other.returns;
        }
    }
}

impl ToTokens for Block {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for statement in &self.statements {
            statement.to_tokens(tokens);
        }
    }
}

impl ToTokens for Statement {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Other(statement) => statement.to_tokens(tokens),
            Self::If {
                attribute,
                conditions,
                then,
            } => {
                tokens.extend(quote!(#attribute if #(#conditions)&&* { #then }));
            }
        }
    }
}
