//! Warnings, each of them a use of a deprecated item at the user's code. `#[allow(deprecated)]` above the function
//! turns them off.

use crate::server::check::Warnings;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(super) fn expand_warnings(warnings: &Warnings) -> TokenStream {
    let mut all = TokenStream::new();
    for (span, message) in warnings.iter() {
        let item = Ident::new("likely_mistake", Span::mixed_site());
        let used = Ident::new("likely_mistake", *span);
        all.extend(quote! {
            {
                #[deprecated(note = #message)]
                #[allow(non_upper_case_globals)]
                const #item: () = ();
                const _: () = #used;
            }
        });
    }
    all
}
