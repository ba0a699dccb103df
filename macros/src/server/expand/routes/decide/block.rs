//! Builders for statements. An `if` whose only statement is another `if` is merged with it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

#[derive(Default)]
pub(super) struct Block {
    statements: Vec<BlockStatement>,
    returns: bool,
}

enum BlockStatement {
    /// A chain of branches: `if a && let Some(b) = c { … } else if d { … }`.
    If(Vec<Branch>),
    Other(TokenStream),
}

/// A branch of an `if`: `if a && let Some(b) = c { … }`.
pub(super) struct Branch {
    pub(super) attribute: Option<TokenStream>,
    pub(super) conditions: Vec<TokenStream>,
    pub(super) then: Block,
}

impl Block {
    pub(super) fn push(&mut self, statement: TokenStream) {
        if !self.returns {
            self.statements.push(BlockStatement::Other(statement));
        }
    }

    /// Adds a statement that always returns, so that later statements are dropped.
    pub(super) fn push_last(&mut self, statement: TokenStream) {
        self.push(statement);
        self.returns = true;
    }

    /// Adds a branch. If it has no conditions, its statements are added as they are.
    pub(super) fn push_if(&mut self, branch: Branch) {
        match branch.attribute {
            _ if !branch.conditions.is_empty() => self.push_either(vec![branch]),
            Some(attribute) => self.push_under(&attribute, &branch.then),
            None => self.append(branch.then),
        }
    }

    /// Adds branches, at most one of which is taken. A branch with an attribute is a separate statement, because
    /// `else` cannot have attributes.
    pub(super) fn push_either(&mut self, branches: Vec<Branch>) {
        if self.returns {
            return;
        }
        let mut chain = Vec::new();
        for branch in branches
            .into_iter()
            .filter(|it| !it.then.statements.is_empty())
        {
            if branch.attribute.is_some() {
                self.statements
                    .push(BlockStatement::If(vec![branch.merged()]));
            } else {
                chain.push(branch.merged());
            }
        }
        if !chain.is_empty() {
            self.statements.push(BlockStatement::If(chain));
        }
    }

    /// Adds `other` under an attribute, in braces unless it is one statement.
    fn push_under(&mut self, attribute: &TokenStream, other: &Block) {
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

impl Branch {
    /// Merges the branch with the only `if` inside it.
    fn merged(mut self) -> Self {
        if let [BlockStatement::If(branches)] = self.then.statements.as_mut_slice()
            && let [
                Branch {
                    attribute: None,
                    conditions,
                    then,
                },
            ] = branches.as_mut_slice()
        {
            self.conditions.append(conditions);
            self.then = std::mem::take(then);
        }
        self
    }
}

impl ToTokens for BlockStatement {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Other(statement) => statement.to_tokens(tokens),
            Self::If(branches) => tokens.extend(quote!(#(#branches)else*)),
        }
    }
}

impl ToTokens for Branch {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            attribute,
            conditions,
            then,
        } = self;
        tokens.extend(quote!(#attribute if #(#conditions)&&* { #then }));
    }
}
