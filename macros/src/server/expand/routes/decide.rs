//! `decide` maps a method and a path to a route and its captures. It is a chain of `if`s generated from the tree.
//!
//! ```text
//! fn decide(method: &Method, path: &'p str) -> Self {
//!     let mut allow = Allow::NONE;
//!     if let Some(path) = path.strip_prefix("/users") {
//!         if path.is_empty() {
//!             match *method {
//!                 GET | HEAD => return Self::Users,
//!                 _ => allow |= Allow::GET,
//!             }
//!         } else if let Some(path) = path.strip_prefix('/')
//!             && let Some(id) = last_segment(path)
//!             && let Some(id) = parse(id)
//!         {
//!             match *method { … }
//!         }
//!     }
//!     Self::Unmatched(Unmatched::new(method, path, allow))
//! }
//! ```
//!
//! If a condition fails at any depth, control leaves all enclosing `if`s and reaches the next candidate. `parse` infers
//! the types of the parameters from the variant's fields. So the function contains no types or expressions of the
//! user's, and its imports cannot shadow names in them.

mod block;
mod capture_names;
mod condition;
mod leaf;
mod walk;

#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Visibility;

use crate::http::methods::Methods;
use crate::server::pattern::Pattern;
use crate::server::tree::{Route, Tree};
use walk::CodeGen;

/// A route as `decide` needs it. Generated code compares the argument `skip` of `decide` with the index of the route.
pub(crate) struct Choice<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) methods: Methods,
    /// The variant to return, and its fields in the order of the pattern's parameters.
    pub(crate) variant: &'a Ident,
    pub(crate) fields: Vec<Ident>,
    /// The predicate in `#[cfg(…)]`; `all(…)` for several.
    pub(crate) cfg: Option<TokenStream>,
    pub(crate) is_guarded: bool,
    /// Whether the variant also has the methods of the routes above it.
    pub(crate) is_mount: bool,
    /// The span at which rustc reports that a type cannot be parsed from text.
    pub(crate) span: Span,
}

/// Expands the function `decide` of the enum whose variants are named by `choices`. It takes `skip` if any route has a
/// guard. With `bare_rest`, `/files/{rest..}` also matches `/files`.
pub(crate) fn expand_decide(
    krate: &TokenStream,
    vis: &Visibility,
    choices: &[Choice<'_>],
    bare_rest: bool,
) -> TokenStream {
    let conditions = choices.iter().map(|choice| choice.cfg.as_ref());
    let conditions: Vec<_> = conditions.map(|it| it.map(ToString::to_string)).collect();
    let routes: Vec<_> = choices.iter().zip(&conditions).map(route).collect();
    let tree = Tree::new(&routes, bare_rest);

    let mut codegen = CodeGen::new(choices);
    let chain = codegen.tree(&tree);
    let (imports, allow) = (expand_imports(krate, &codegen), expand_allow(&codegen));
    let result = if codegen.uses("allow") {
        quote!(allow)
    } else {
        quote!(Allow::NONE)
    };
    let unused = expand_unused(choices);
    let skip = choices.iter().any(|choice| choice.is_guarded);
    let skip = skip.then(|| quote!(, skip: usize));
    let lifetime = expand_lifetime(choices);
    let hidden =
        (!matches!(vis, Visibility::Inherited)).then(|| quote!(#[doc(hidden)] #[must_use]));
    quote! {
        #unused
        #hidden
        #vis fn decide(method: &#krate::__private::Method, path: & #lifetime str #skip) -> Self {
            #imports
            #allow
            #chain
            Self::Unmatched(Unmatched::new(method, path, #result))
        }
    }
}

fn route<'a>((choice, condition): (&Choice<'a>, &'a Option<String>)) -> Route<'a> {
    Route {
        pattern: choice.pattern,
        methods: choice.methods,
        cfg: condition.as_deref(),
    }
}

/// Allows unused names and unreachable code if routes are conditional: names may be unused if a condition is false,
/// and code unreachable if it is true.
fn expand_unused(choices: &[Choice<'_>]) -> Option<TokenStream> {
    let is_conditional = choices.iter().any(|choice| choice.cfg.is_some());
    is_conditional
        .then(|| quote!(#[allow(unreachable_code, unused_imports, unused_mut, unused_variables)]))
}

/// Expands imports of the names that the function uses, so that the user's names cannot replace them.
fn expand_imports(krate: &TokenStream, codegen: &CodeGen<'_>) -> TokenStream {
    let mut names = vec!["Allow", "Method", "Unmatched"];
    names.extend_from_slice(&capture_names::FUNCTIONS);
    names.retain(|name| codegen.uses(name));
    let private = names.into_iter().map(|name| format_ident!("{name}"));
    let some = codegen.uses("Some").then(|| {
        quote!(
            use ::core::option::Option::Some;
        )
    });
    quote! {
        #some
        use #krate::__private::{#(#private),*};
    }
}

fn expand_allow(codegen: &CodeGen<'_>) -> Option<TokenStream> {
    if codegen.uses("allow") {
        return Some(quote!(let mut allow = Allow::NONE;));
    }
    codegen
        .reads_allow
        .then(|| quote!(let allow = Allow::NONE;))
}

/// Expands `'p`, if a variant borrows text from the path.
fn expand_lifetime(choices: &[Choice<'_>]) -> Option<TokenStream> {
    let borrows = choices.iter().any(|choice| {
        let mut params = choice.pattern.params();
        params.any(|param| param.ty.is_none() && param.extent.is_written())
    });
    borrows.then(|| quote!('p))
}
