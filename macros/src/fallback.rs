//! What the user's program gets where there are mistakes: the function, so that nothing else breaks
//! in its wake, and the mistakes.

use crate::check::Checked;
use crate::expand;
use crate::model::Server;
use proc_macro2::TokenStream;
use quote::quote;

/// The routes that are right, in the function as it is, under every lint's radar: what is missing from
/// it would only lead to warnings that distract.
pub(crate) fn with_good_routes(checked: &Checked, mistakes: &TokenStream) -> TokenStream {
    let expansion = expand::expand(checked);
    quote! {
        #mistakes
        #[allow(unused, clippy::all, clippy::pedantic)]
        #expansion
    }
}

/// The function as a stub of the right type, where its signature cannot be a server's.
pub(crate) fn stub(server: &Server, mistakes: &TokenStream) -> TokenStream {
    let function = &server.function;
    let (attrs, vis, sig) = (&function.attrs, &function.vis, &function.sig);
    quote! {
        #mistakes
        #(#attrs)*
        #[allow(unused, clippy::all, clippy::pedantic)]
        #vis #sig {
            ::core::unimplemented!()
        }
    }
}

/// The item as it is, where it is no function.
pub(crate) fn item(item: &TokenStream, mistakes: &TokenStream) -> TokenStream {
    quote! {
        #mistakes
        #item
    }
}
