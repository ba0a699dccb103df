//! Which names the code uses, and how.

use super::calls::arguments;
use super::{Place, help};
use crate::tokens::is_punct;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// The names that are used as in other frameworks, and in no other way.
#[derive(Default)]
pub(crate) struct Uses(Vec<Name>);

pub(super) struct Name {
    text: String,
    uses: Vec<Use>,
    /// Whether the name is also declared, imported or used otherwise. If so, the program has an item with that name.
    is_otherwise: bool,
}

/// A use of a name: `name(arguments)`, `Name::function(arguments)` or `Name::Constant`.
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
    /// Removes the names that are not used exclusively as in other frameworks. `arguments` are the names of the
    /// server's arguments, which may be functions.
    pub(super) fn finish(&mut self, arguments: &[String]) {
        self.0.retain(|name| {
            !name.is_otherwise && !name.uses.is_empty() && !arguments.contains(&name.text)
        });
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

    pub(super) fn see(&mut self, ident: &Ident, text: &str, place: Place<'_>) {
        // A method or a field of the same name is not reported.
        if help::is_known(text) && !is_punct(place.before(), '.') {
            self.add(ident, place.before(), place.after());
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
            if is_punct(first, ':') && is_punct(second, ':') =>
        {
            let arguments = match rest.first() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    arguments(group)
                }
                // `Name::function::<T>()` is not written by mistake.
                Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => return None,
                // A macro, as in `warp::path!("users")`.
                Some(TokenTree::Punct(punct)) if punct.as_char() == '!' => return None,
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
