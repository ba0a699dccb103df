//! `decide`: method and path in, route and captures out. A chain of ifs, made from the tree.
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
//!     Self::Unmatched(Unmatched::new(method, allow))
//! }
//! ```
//!
//! An if that fails at any depth falls out of all the ifs around it, to what is tried next. The types
//! of the parameters are those of the variant's fields: `parse` infers them, so that nothing the user
//! wrote stands in the function, and nothing the function imports can shadow it.

mod block;
mod capture_names;
mod condition;
mod leaf;
mod walk;

#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::methods::Methods;
use crate::pattern::Pattern;
use crate::tree::{Route, Tree};
use walk::CodeGen;

/// A route as `decide` needs it. Its index among the routes is what `skip` is compared with.
pub(crate) struct Choice<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) methods: Methods,
    /// The variant to return, and its fields in the order of the pattern's parameters.
    pub(crate) variant: &'a Ident,
    pub(crate) fields: Vec<Ident>,
    /// What stands between the parentheses of `#[cfg(…)]`; of several, `all(…)` of them.
    pub(crate) cfg: Option<TokenStream>,
    pub(crate) is_guarded: bool,
    /// Where rustc is to say that a type cannot be read from text.
    pub(crate) span: Span,
}

/// The function `decide` of the enum whose variants `choices` name. It takes `skip` if a route has a
/// guard. With `bare_rest`, `/files/{rest..}` matches `/files` as well.
pub(crate) fn expand_decide(
    krate: &TokenStream,
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
    quote! {
        #unused
        fn decide(method: &#krate::__private::Method, path: & #lifetime str #skip) -> Self {
            #imports
            #allow
            #chain
            Self::Unmatched(Unmatched::new(method, #result))
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

/// Where routes are conditional, a condition that does not hold may leave something unused, and one
/// that holds may hide a route.
fn expand_unused(choices: &[Choice<'_>]) -> Option<TokenStream> {
    let is_conditional = choices.iter().any(|choice| choice.cfg.is_some());
    is_conditional
        .then(|| quote!(#[allow(unreachable_code, unused_imports, unused_mut, unused_variables)]))
}

/// The names that the function uses, whatever the user has called so.
fn expand_imports(krate: &TokenStream, codegen: &CodeGen<'_>) -> TokenStream {
    let names = ["Allow", "Method", "Unmatched"].into_iter();
    let names = names.chain(capture_names::FUNCTIONS);
    let mut names: Vec<_> = names.filter(|name| codegen.uses(name)).collect();
    names.sort_unstable();
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
    codegen
        .uses("allow")
        .then(|| quote!(let mut allow = Allow::NONE;))
}

/// `'p`, where a variant borrows text from the path.
fn expand_lifetime(choices: &[Choice<'_>]) -> Option<TokenStream> {
    let mut params = choices.iter().flat_map(|choice| choice.pattern.params());
    params.any(|param| param.ty.is_none()).then(|| quote!('p))
}
