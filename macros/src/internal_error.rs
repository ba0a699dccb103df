//! A panic in a macro is a bug in the macro. Without this module, rustc would report it as `custom attribute panicked`
//! and drop the item, so that every use of the item would be an error as well.

use crate::messages;
use proc_macro2::{Span, TokenStream};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Calls `expand`. If it panics, the result is one `compile_error!`, which `recover` inserts at the right place.
pub(crate) fn catch(
    macro_name: &str,
    expand: impl FnOnce() -> TokenStream,
    recover: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    // No data that `expand` has borrowed is used after a panic.
    catch_unwind(AssertUnwindSafe(expand)).unwrap_or_else(|payload| {
        let message = messages::internal_error(macro_name, panic_message(payload.as_ref()));
        recover(syn::Error::new(Span::call_site(), message).to_compile_error())
    })
}

/// Returns the text of `panic!("…")`, which is a `&str` without arguments and a `String` with arguments.
fn panic_message(payload: &(dyn Any + Send)) -> &str {
    match (
        payload.downcast_ref::<&str>(),
        payload.downcast_ref::<String>(),
    ) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "unknown panic",
    }
}

#[cfg(test)]
mod tests {
    use super::catch;
    use crate::json;
    use crate::server::recovery;
    use proc_macro2::TokenStream;
    use quote::quote;

    #[test]
    fn a_result_is_returned_as_it_is() {
        let tokens = catch("json!", || quote!(1 + 1), |_| TokenStream::new());
        assert_eq!(tokens.to_string(), quote!(1 + 1).to_string());
    }

    #[test]
    fn a_panic_in_server_is_one_error_and_keeps_the_function() {
        let item = quote! {
            pub async fn shop(req: Request, res: Response) -> Result {
                route!("/" => "hello");
                route!("/products" => "list");
            }
        };
        let expand = || panic!("route {} does not exist", 7);
        let tokens = catch("#[server]", expand, |error| recovery::item(item, &[error]));
        let text = tokens.to_string();
        assert_eq!(text.matches("compile_error").count(), 1, "{text}");
        assert!(text.contains("route 7 does not exist"), "{text}");
        assert!(text.contains("pub async fn shop"), "{text}");
        assert!(!text.contains("route !"), "{text}");
        syn::parse2::<syn::File>(tokens).expect("items");
    }

    #[test]
    fn a_panic_in_json_is_an_expression() {
        let tokens = catch("json!", || panic!("no such key"), json::placeholder);
        let text = tokens.to_string();
        assert_eq!(text.matches("compile_error").count(), 1, "{text}");
        assert!(text.contains("no such key"), "{text}");
        syn::parse2::<syn::Expr>(tokens).expect("an expression");
    }
}
