//! Methods that the responses of test clients have in other frameworks. Calling one is a compile error that states what
//! to write instead.

use crate::http::response::Sent;

macro_rules! methods {
    ($($bound:ident $method:ident($($argument:tt),*), $label:literal;)*) => {
        $(
            #[diagnostic::on_unimplemented(
                message = "a sent response has no such method",
                label = $label
            )]
            pub trait $bound {}
        )*

        /// The methods take `&mut self`, so that methods of these names in a program's own trait are found first.
        #[allow(clippy::wrong_self_convention)]
        pub trait SentHabits: Sized {
            $(
                #[doc(hidden)]
                fn $method<R>(&mut self, $($argument: impl Sized),*) -> R
                where
                    for<'never> (): $bound,
                {
                    crate::habits::never()
                }
            )*
        }
    };
}

methods! {
    NoStatus status(), "use `sent.status_code()`, as in `assert_eq!(sent.status_code(), StatusCode::OK)`";
    NoBody body(), "use `sent.text()`, `sent.json::<Type>()` or `sent.body_bytes()`";
    NoIntoBody into_body(), "use `sent.text()`, `sent.json::<Type>()` or `sent.body_bytes()`";
    NoIntoString into_string(), "use `sent.text()`";
    NoBodyString body_string(), "use `sent.text()`";
    NoBytes bytes(), "use `sent.body_bytes()`";
    NoIntoJson into_json(), "use `sent.json::<Type>()`";
    NoBodyJson body_json(), "use `sent.json::<Type>()`";
    NoAssertStatus assert_status(_), "use `assert_eq!(sent.status_code(), StatusCode::OK)`";
    NoAssertStatusOk assert_status_ok(), "use `assert_eq!(sent.status_code(), StatusCode::OK)`";
    NoAssertStatusIsOk assert_status_is_ok(), "use `assert_eq!(sent.status_code(), StatusCode::OK)`";
    NoAssertText assert_text(_), "use `assert_eq!(sent.text(), \"hello\")`";
    NoAssertJson assert_json(_), "use `assert_eq!(sent.json::<Type>(), value)`";
    NoAssertHeader assert_header(_, _), "use `assert_eq!(sent.header(\"content-type\").unwrap(), \"text/plain\")`";
    NoExpect expect_status(_), "use `assert_eq!(sent.status_code(), StatusCode::OK)`";
}

impl SentHabits for Sent {}
