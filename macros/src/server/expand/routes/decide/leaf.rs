//! A leaf of the tree: the path matches, so only types and methods remain to be checked.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::Choice;
use super::block::{Block, Branch};
use super::capture_names::variable;
use super::walk::{CodeGen, Place};
use crate::http::methods::Methods;
use crate::server::expand::mount::allow_field;
use crate::server::tree::{Group, Leaf};

/// One route in a `match` on the method.
struct Arm {
    /// The methods that no earlier route handles.
    methods: Methods,
    is_any: bool,
    guard: Option<TokenStream>,
    result: TokenStream,
}

impl CodeGen<'_> {
    /// Returns the code of a leaf. `rest` is the expression for the text that a tail captures here.
    pub(super) fn leaf(&mut self, leaf: &Leaf, rest: &TokenStream, place: &Place) -> Block {
        let mut block = Block::default();
        for group in leaf {
            self.group(&mut block, group, rest, place);
        }
        block
    }

    fn group(&mut self, block: &mut Block, group: &Group, rest: &TokenStream, place: &Place) {
        let (attribute, mut place) = self.under(&group.routes, place);
        let parsed = self.parsed(group, &mut place);
        let then = self.methods(group, rest, &place);
        block.push_if(Branch {
            attribute,
            conditions: parsed,
            then,
        });
    }

    /// Returns the conditions under which the captures of a group parse as its types:
    ///
    /// ```text
    /// let Some(id) = parse(id)
    /// ```
    fn parsed(&mut self, group: &Group, place: &mut Place) -> Vec<TokenStream> {
        let mut conditions = Vec::new();
        let route = group.routes.first().and_then(|it| self.choices.get(*it));
        let span = route.map_or_else(Span::call_site, |route| route.span);
        let captures = place.captures.iter_mut().enumerate();
        for ((position, capture), ty) in captures.zip(&group.types) {
            if ty.is_some() {
                let value = variable(self.choices, &group.routes, position);
                let (some, mut parse) = (self.named("Some"), self.named("parse"));
                parse.set_span(span);
                let mut raw = capture.clone();
                raw.set_span(capture.span().located_at(span));
                let parsed = quote_spanned!(span=> #parse(#raw));
                conditions.push(quote!(let #some(#value) = #parsed));
                *capture = value;
            }
        }
        conditions
    }

    /// Expands the choice of a route by its method:
    ///
    /// ```text
    /// match *method {
    ///     Method::GET | Method::HEAD => return Self::Product { id },
    ///     Method::DELETE if skip <= 3 => return Self::DeleteProduct { id },
    ///     _ => allow |= Allow::GET | Allow::DELETE,
    /// }
    /// ```
    fn methods(&mut self, group: &Group, rest: &TokenStream, place: &Place) -> Block {
        let arms = self.arms(group, rest, place);
        let mut block = Block::default();
        if arms.iter().all(|arm| arm.is_any) {
            for arm in arms {
                push_any(&mut block, arm);
            }
            return block;
        }
        let is_last = arms.iter().any(|arm| arm.is_any && arm.guard.is_none());
        let lines: Vec<_> = arms.iter().map(|arm| self.arm(arm)).collect();
        if is_last {
            block.push_last(quote!(match *method { #(#lines)* }));
        } else {
            let allowed = self.allowed(group);
            block.push(quote!(match *method { #(#lines)* _ => #allowed, }));
        }
        block
    }

    /// Returns the arms up to the first one that handles every remaining method.
    fn arms(&mut self, group: &Group, rest: &TokenStream, place: &Place) -> Vec<Arm> {
        let (mut handled, mut above) = (Methods::NONE, Methods::NONE);
        let mut arms = Vec::new();
        for index in &group.routes {
            let Some(choice) = self.choices.get(*index) else {
                continue;
            };
            let methods = choice.methods.without(handled);
            if methods.is_empty() {
                continue;
            }
            if !choice.is_guarded {
                handled = handled.union(methods);
            }
            let allow = choice.is_mount.then(|| expand_above(above));
            self.reads_allow |= choice.is_mount;
            above = above.union(choice.methods.allowed());
            arms.push(Arm {
                methods,
                is_any: choice.methods.is_any(),
                guard: choice.is_guarded.then(|| expand_guard(*index)),
                result: expand_result(choice, rest, place, allow),
            });
        }
        arms
    }

    fn arm(&mut self, arm: &Arm) -> TokenStream {
        let result = &arm.result;
        let guard = arm.guard.as_ref().map(|guard| quote!(if #guard));
        if arm.is_any {
            return quote!(_ #guard => return #result,);
        }
        // The method is written with its type, because a pattern that is a single name would bind a variable if the
        // crate were not found.
        let method = self.named("Method");
        let names = arm.methods.names().map(|name| format_ident!("{name}"));
        quote!(#(#method::#names)|* #guard => return #result,)
    }

    /// Expands the statement that adds the methods of a group to `allow`:
    ///
    /// ```text
    /// allow |= Allow::GET | Allow::DELETE
    /// ```
    fn allowed(&mut self, group: &Group) -> TokenStream {
        let choices = group.routes.iter().filter_map(|it| self.choices.get(*it));
        let methods = choices.map(|choice| choice.methods.allowed());
        let names = methods.fold(Methods::NONE, Methods::union).offered();
        let names: Vec<_> = names.map(|name| format_ident!("{name}")).collect();
        let (allow, set) = (self.named("allow"), self.named("Allow"));
        quote!(#allow |= #(#set::#names)|*)
    }
}

/// Expands the condition under which `decide` does not skip the guarded route with this index:
///
/// ```text
/// skip <= 3
/// ```
fn expand_guard(index: usize) -> TokenStream {
    let literal = Literal::usize_unsuffixed(index);
    if index == 0 {
        quote!(skip == #literal)
    } else {
        quote!(skip <= #literal)
    }
}

fn push_any(block: &mut Block, arm: Arm) {
    let result = arm.result;
    let mut then = Block::default();
    then.push_last(quote!(return #result;));
    match arm.guard {
        Some(guard) => block.push_if(Branch {
            attribute: None,
            conditions: vec![guard],
            then,
        }),
        None => block.append(then),
    }
}

/// Expands the methods of the routes above a mount, both in other groups and in its own.
fn expand_above(above: Methods) -> TokenStream {
    let names = above.offered().map(|name| format_ident!("{name}"));
    quote!(allow #(| Allow::#names)*)
}

/// Expands the value that `decide` returns for a route:
///
/// ```text
/// Self::Product { id }
/// Self::Admin { __allow: allow }
/// ```
fn expand_result(
    choice: &Choice<'_>,
    rest: &TokenStream,
    place: &Place,
    allow: Option<TokenStream>,
) -> TokenStream {
    let variant = choice.variant;
    if choice.fields.is_empty() && allow.is_none() {
        return quote!(Self::#variant);
    }
    let fields = choice.fields.iter().enumerate();
    let fields = fields.map(|(at, field)| {
        let value = place.captures.get(at);
        let value = value.map_or_else(|| rest.clone(), ToTokens::to_token_stream);
        if *field == value.to_string() {
            // The name comes from the variable, because in a user's macro the field's name may have different hygiene.
            value
        } else {
            quote!(#field: #value)
        }
    });
    let allow = allow.map(|allow| {
        let field = allow_field();
        quote!(#field: #allow)
    });
    let mut fields: Vec<TokenStream> = fields.collect();
    fields.extend(allow);
    quote!(Self::#variant { #(#fields),* })
}
