//! Which names the code uses, and how.

use super::help;
use crate::model::is_punct;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// The names that are used as in other frameworks, and in no other way.
#[derive(Default)]
pub(crate) struct Uses(Vec<Name>);

pub(super) struct Name {
    text: String,
    uses: Vec<Use>,
    /// Whether the name is also declared, imported or used otherwise. Then the program has an item with that name.
    is_otherwise: bool,
}

/// `name(arguments)`, `Name::function(arguments)`, or `Name::Constant`.
pub(super) struct Use {
    pub(super) function: Option<Ident>,
    pub(super) arguments: Vec<TokenStream>,
}

impl Name {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn ident(&self, span: Span) -> Ident {
        Ident::new(&self.text, span)
    }

    pub(super) fn uses(&self) -> &[Use] {
        &self.uses
    }
}

impl Uses {
    /// `arguments` are the server's, which may be functions.
    pub(super) fn find<'a>(
        code: impl Iterator<Item = &'a TokenStream>,
        arguments: &[String],
    ) -> Self {
        let mut uses = Self(Vec::new());
        code.for_each(|code| uses.visit(code));
        uses.0.retain(|name| {
            !name.is_otherwise && !name.uses.is_empty() && !arguments.contains(&name.text)
        });
        uses
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.0.iter()
    }

    pub(super) fn has(&self, ident: &Ident) -> bool {
        self.0.iter().any(|name| ident == &name.text)
    }

    fn visit(&mut self, code: &TokenStream) {
        let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.visit(&group.stream()),
                TokenTree::Ident(ident) if help::is_known(&ident.to_string()) => {
                    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                    // A method or a field of the same name.
                    if !is_punct(before, '.') {
                        self.add(ident, before, &tokens[at + 1..]);
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, ident: &Ident, before: Option<&TokenTree>, after: &[TokenTree]) {
        let declares = matches!(before, Some(TokenTree::Ident(word))
            if ["fn", "let", "mut", "struct", "enum", "mod", "use", "const", "as"].contains(&word.to_string().as_str()));
        let is_part = is_punct(before, ':') || declares;
        let used = read_use(after).filter(|_| !is_part);
        let text = ident.to_string();
        let at = self.0.iter().position(|name| name.text == text);
        let at = at.unwrap_or_else(|| {
            self.0.push(Name {
                text,
                uses: Vec::new(),
                is_otherwise: false,
            });
            self.0.len() - 1
        });
        let name = &mut self.0[at];
        let Some(used) = used else {
            name.is_otherwise = true;
            return;
        };
        // A function always takes the same number of arguments, and a name is either a function or a type.
        let same = |known: &&Use| known.function == used.function;
        match name.uses.iter().find(same) {
            Some(known) => name.is_otherwise |= known.arguments.len() != used.arguments.len(),
            None => {
                let is_type = used.function.is_some();
                let mixed = name.uses.iter().any(|it| it.function.is_some() != is_type);
                name.is_otherwise |= mixed;
                name.uses.push(used);
            }
        }
    }
}

fn read_use(after: &[TokenTree]) -> Option<Use> {
    match after {
        [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Parenthesis => Some(Use {
            function: None,
            arguments: arguments(group),
        }),
        [first, second, TokenTree::Ident(function), rest @ ..]
            if is_punct(Some(first), ':') && is_punct(Some(second), ':') =>
        {
            let arguments = match rest.first() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    arguments(group)
                }
                // `Name::function::<T>()` and `Name::Variant { … }` are not written by mistake.
                Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => return None,
                _ => Vec::new(),
            };
            Some(Use {
                function: Some(function.clone()),
                arguments,
            })
        }
        _ => None,
    }
}

/// The arguments between the commas.
fn arguments(group: &Group) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut arguments: Vec<TokenStream> = tokens
        .split(|token| is_punct(Some(token), ','))
        .map(|argument| argument.iter().cloned().collect())
        .collect();
    if arguments.last().is_some_and(TokenStream::is_empty) {
        arguments.pop();
    }
    arguments
}
