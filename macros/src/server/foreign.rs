//! Functions and types of other frameworks, such as `redirect("/")` and `Status::NotFound`.
//!
//! The macro cannot see whether the program declares or imports such a name. So the expansion uses an alias, which
//! refers to the program's item if there is one, and otherwise to a stand-in whose use is an error that states what to
//! write instead:
//!
//! ```text
//! use ::onward::__private::name as redirect;     // a macro, so that the next line always finds something
//! use redirect as __onward_redirect;             // the program's function, if there is one
//! use __onward_foreign::*;                       // has the stand-in `__onward_redirect`, which the program's function shadows
//! ```

mod calls;
mod fields;
mod help;
mod methods;
mod objects;
mod uses;

use crate::messages;
use crate::server::model::Server;
use crate::tokens::{is_punct, mapped, with_contents};
use calls::{Calls, Method, Object};
pub(crate) use fields::{is_unknown_field, request_field, response_field, url_field};
use help::Context;
pub(crate) use help::redirect_kind;
pub(crate) use methods::snake;
pub(crate) use objects::Objects;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use uses::{Name, Use, Uses};

/// The names, methods and variables that the code uses as in other frameworks.
#[derive(Default)]
pub(crate) struct Foreign {
    names: Uses,
    calls: Calls,
    objects: Objects,
    /// Whether the code may create a lock guard or another value that is not `Send`: see `expand/held_locks.rs`.
    has_locks: bool,
}

impl Foreign {
    pub(crate) fn has_locks(&self) -> bool {
        self.has_locks
    }

    pub(crate) fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    pub(crate) fn objects(&self) -> &Objects {
        &self.objects
    }
}

pub(crate) fn find(server: &Server) -> Foreign {
    let mut foreign = Foreign::default();
    let Some(context) = context(server) else {
        return foreign;
    };
    for code in server.code() {
        foreign.visit(code, &context);
    }
    foreign.names.finish(&server.argument_names());
    foreign.objects.finish(server);
    foreign
}

/// A position among tokens.
#[derive(Clone, Copy)]
struct Place<'a> {
    tokens: &'a [TokenTree],
    at: usize,
}

impl<'a> Place<'a> {
    fn before(self) -> Option<&'a TokenTree> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    fn after(self) -> &'a [TokenTree] {
        &self.tokens[self.at + 1..]
    }

    /// Returns whether `()` follows, as after `lock`, but not after the `write` of a response.
    fn has_no_arguments(self) -> bool {
        matches!(self.after(), [TokenTree::Group(group), ..] if group.stream().is_empty())
    }

    /// Returns whether the token starts a pattern, such as `Err(error) =>` or `let Err(error) =`.
    fn is_pattern(self) -> bool {
        matches!(self.after(), [TokenTree::Group(_), equals, ..] if is_punct(equals, '='))
    }

    /// Returns whether the token belongs to what precedes it, as in `.name` (but not `..name`) and `path::name`.
    fn is_member(self) -> bool {
        let second = self.at.checked_sub(2).and_then(|at| self.tokens.get(at));
        is_punct(self.before(), '.') && !is_punct(second, '.')
            || is_punct(self.before(), ':') && is_punct(second, ':')
    }
}

impl Foreign {
    /// Records all uses in one pass, because reading tokens from rustc is slow.
    fn visit(&mut self, code: &TokenStream, context: &Context) {
        let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.visit(&group.stream(), context),
                TokenTree::Ident(ident) => {
                    let place = Place {
                        tokens: &tokens,
                        at,
                    };
                    let text = ident.to_string();
                    self.has_locks |= matches!(text.as_str(), "Rc" | "dyn")
                        || matches!(
                            text.as_str(),
                            "lock"
                                | "read"
                                | "write"
                                | "borrow"
                                | "borrow_mut"
                                | "thread_rng"
                                | "rng"
                        ) && place.has_no_arguments()
                        || text == "Err" && place.is_pattern();
                    self.names.see(ident, &text, place);
                    self.calls.see(ident, place, context);
                    self.objects.see(ident, &text, place, context);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn context(server: &Server) -> Option<Context> {
    let arguments = server.arguments.as_ref()?;
    Some(Context {
        function: server.function.sig.ident.to_string(),
        request: arguments.request.to_string(),
        response: arguments.response.to_string(),
    })
}

fn alias(name: &str) -> Ident {
    format_ident!("__onward_{name}", span = Span::mixed_site())
}

/// Returns the code with aliases in place of the names.
pub(crate) fn rename(code: TokenStream, foreign: &Foreign) -> TokenStream {
    let uses = &foreign.names;
    if uses.is_empty() {
        return code;
    }
    let mut is_member = false;
    mapped(code, &mut |token| {
        let after_dot = std::mem::replace(&mut is_member, ends_path(&token));
        match token {
            TokenTree::Group(group) => {
                let inside = rename(group.stream(), foreign);
                with_contents(&group, inside)
            }
            TokenTree::Ident(name) if !after_dot && uses.has(&name) => {
                let mut alias = alias(&name.to_string());
                alias.set_span(alias.span().located_at(name.span()));
                TokenTree::Ident(alias)
            }
            token => token,
        }
    })
}

/// Returns whether a name after the token belongs to the token, as in `.name` and `path::name`.
fn ends_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), '.' | ':'))
}

/// Expands the aliases and the stand-ins.
pub(crate) fn expand(
    foreign: &Foreign,
    server: &Server,
    krate: &TokenStream,
) -> Option<TokenStream> {
    let Foreign { names, calls, .. } = foreign;
    let context = context(server)?;
    if names.is_empty() && calls.is_empty() {
        return None;
    }
    let aliases = names.names().map(|name| {
        let (alias, name) = (alias(name.text()), name.ident(Span::mixed_site()));
        quote! {
            #[allow(unused_imports)]
            use #krate::__private::name as #name;
            #[allow(unused_imports)]
            use #name as #alias;
        }
    });
    let standins = names.names().map(|name| expand_name(name, &context));
    let methods = expand_calls(calls, krate);
    let module = Ident::new("__onward_foreign", Span::mixed_site());
    Some(quote! {
        #(#aliases)*
        #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
        mod #module {
            #(#standins)*
            #methods
        }
        #[allow(unused_imports, clippy::wildcard_imports)]
        use #module::*;
    })
}

/// Expands a trait for each type that lacks some of the called methods. Those of requests and responses are implemented
/// for their emitters: a request dereferences to its emitter, so a method of the program's own trait is found first.
///
/// The methods of the traits take `self` by value, so they are found before those of the runtime's `habits.rs`, which
/// take `&self` and know neither the arguments nor the calls that follow.
fn expand_calls(calls: &Calls, krate: &TokenStream) -> TokenStream {
    let mut traits = TokenStream::new();
    for (object, name, ty) in types(krate) {
        let (mut bounds, mut methods) = (Vec::new(), Vec::new());
        for method in calls.of(object) {
            let (bound, method) = expand_method(method, name);
            bounds.push(bound);
            methods.push(method);
        }
        if methods.is_empty() {
            continue;
        }
        let foreign = format_ident!("__OnwardForeign{name}");
        // A method of the program's own traits is found first, unless it takes `&mut self` as well. To keep such
        // clashes rare, the trait is implemented only for `File`, `BufReader`, `Vec<u8>` and `String`.
        let others = (object == Object::Any).then(|| {
            quote! {
                impl<R, T> #foreign<R> for ::std::io::BufReader<T> {}
                impl<R> #foreign<R> for ::std::vec::Vec<u8> {}
                impl<R> #foreign<R> for ::std::string::String {}
            }
        });
        traits.extend(quote! {
            #(#bounds)*
            pub trait #foreign<R>: ::core::marker::Sized {
                #(#methods)*
            }
            impl<R> #foreign<R> for #ty {}
            #others
        });
    }
    traits
}

/// Returns the kinds of objects, the names in their traits, and the types that the traits are implemented for.
fn types(krate: &TokenStream) -> [(Object, &'static str, TokenStream); 6] {
    let emitter = quote!(#krate::events::Emitter);
    let event = quote!(#krate::http::event);
    let request = quote!(#emitter<#event::RequestEvents>);
    let response = quote!(#emitter<#event::ResponseEvents>);
    [
        (Object::Request, "Request", request),
        (Object::Response, "Response", response),
        (Object::Headers, "Headers", quote!(#krate::http::HeaderMap)),
        (Object::Url, "Url", quote!(#krate::http::Url)),
        (Object::Body, "Body", quote!(#krate::http::Body)),
        (Object::Any, "Any", quote!(::std::fs::File)),
    ]
}

fn expand_method(method: &Method, object: &str) -> (TokenStream, TokenStream) {
    let bound = format_ident!("{object}_has_{}", method.name);
    let name = format_ident!("{}", method.name);
    let (message, receiver) = match method.object {
        Object::Any => (
            messages::foreign_pipe(&method.name, &method.help),
            quote!(&mut self),
        ),
        // A `Url` and a `Body` do not dereference to another type. With `&mut self`, a method of the program that takes
        // `self` or `&self` is found first.
        Object::Url | Object::Body => (
            messages::foreign_method(object, &method.name, &method.help),
            quote!(&mut self),
        ),
        _ => (
            messages::foreign_method(object, &method.name, &method.help),
            quote!(self),
        ),
    };
    let types = (0..method.types).map(|at| format_ident!("T{at}"));
    let arguments = (0..method.arguments).map(|at| format_ident!("_argument{at}"));
    let function = quote! {
        fn #name<#(#types: ?::core::marker::Sized),*>(#receiver, #(#arguments: impl ::core::marker::Sized),*) -> R
        where
            for<'never> (): #bound,
        {
            ::core::unreachable!()
        }
    };
    (expand_bound(&bound, &message), function)
}

/// Expands a bound that is never satisfied. With an implementation for another type, rustc does not suggest adding one.
fn expand_bound(bound: &Ident, message: &str) -> TokenStream {
    let marker = format_ident!("{bound}_Marker");
    // Braces are placeholders in this attribute.
    let message = message.replace("{", "{{").replace("}", "}}");
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = "not part of Onward")]
        pub trait #bound {}
        pub struct #marker;
        #[diagnostic::do_not_recommend]
        impl #bound for #marker {}
    }
}

fn expand_name(name: &Name, context: &Context) -> TokenStream {
    let alias = alias(name.text());
    let is_type = name.uses().iter().any(|it| it.function.is_some());
    let uses = name.uses().iter();
    let (bounds, functions): (Vec<TokenStream>, Vec<TokenStream>) = uses
        .map(|used| expand_function(name, used, &alias, context))
        .unzip();
    let functions = if is_type {
        quote! {
            pub struct #alias;
            impl #alias { #(#functions)* }
        }
    } else {
        quote!(#(#functions)*)
    };
    quote!(#(#bounds)* #functions)
}

/// Expands a bound that is never satisfied, and a function with that bound.
fn expand_function(
    name: &Name,
    used: &Use,
    alias: &Ident,
    context: &Context,
) -> (TokenStream, TokenStream) {
    let (function, text) = match &used.function {
        Some(function) => (function.clone(), format!("{}::{function}", name.text())),
        None => (alias.clone(), name.text().to_owned()),
    };
    let help = help::help(name.text(), used, context);
    let message = messages::foreign_name(&text, &help);
    let bound = format_ident!("Has_{}", text.replace("::", "_"));
    let count = used.arguments.len();
    let generics: Vec<Ident> = (0..count).map(|at| format_ident!("T{at}")).collect();
    let arguments = (0..count).map(|at| format_ident!("_argument{at}"));
    let function = quote! {
        pub fn #function<#(#generics,)* R>(#(#arguments: #generics),*) -> R
        where
            for<'never> (): #bound,
        {
            ::core::unreachable!()
        }
    };
    (expand_bound(&bound, &message), function)
}
