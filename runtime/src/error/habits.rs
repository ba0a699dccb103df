//! Functions that error types have in other frameworks. Calling one is a compile error that states what to write
//! instead.

use super::Error;

macro_rules! habit {
    ($bound:ident $function:ident($($argument:tt),*), $message:literal, $label:literal) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $bound {}

        impl Error {
            #[doc(hidden)]
            pub fn $function($($argument: impl ::core::marker::Sized),*) -> Self
            where
                for<'never> Error: $bound,
            {
                crate::habits::never()
            }
        }
    };
}

habit!(NoUnauthorized unauthorized(_), "`Error` has no function `unauthorized`", "use `Error::new(StatusCode::UNAUTHORIZED, text)`");
habit!(NoForbidden forbidden(_), "`Error` has no function `forbidden`", "use `Error::new(StatusCode::FORBIDDEN, text)`");
habit!(NoConflict conflict(_), "`Error` has no function `conflict`", "use `Error::new(StatusCode::CONFLICT, text)`");
habit!(NoUnprocessable unprocessable_entity(_), "`Error` has no function `unprocessable_entity`", "use `Error::new(StatusCode::UNPROCESSABLE_ENTITY, text)`");
habit!(NoTooManyRequests too_many_requests(_), "`Error` has no function `too_many_requests`", "use `Error::new(StatusCode::TOO_MANY_REQUESTS, text)`");
habit!(NoServiceUnavailable service_unavailable(_), "`Error` has no function `service_unavailable`", "use `Error::new(StatusCode::SERVICE_UNAVAILABLE, text)`");
habit!(NoInternal internal(_), "`Error` has no function `internal`", "use `Error::new(StatusCode::INTERNAL_SERVER_ERROR, text)`, or `?` after a `Result`");
habit!(NoInternalServerError internal_server_error(_), "`Error` has no function `internal_server_error`", "use `Error::new(StatusCode::INTERNAL_SERVER_ERROR, text)`, or `?` after a `Result`");
habit!(NoStatus from_status(_), "`Error` has no function `from_status`", "use `Error::new(status, text)`");
habit!(NoMsg msg(_), "`Error` has no function `msg`", "use `Error::new(StatusCode::INTERNAL_SERVER_ERROR, text)`");
habit!(NoOther other(_), "`Error` has no function `other`", "use `Error::new(StatusCode::INTERNAL_SERVER_ERROR, text)`");
habit!(NoCustom custom(_, _), "`Error` has no function `custom`", "use `Error::new(status, text)`");
