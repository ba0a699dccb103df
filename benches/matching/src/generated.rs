//! The routers that are code: Onward and the `if` chain. `build.rs` writes both from the tables.

use crate::router::{Answer, Reader, Router};
use http::Method;

/// One table as code.
macro_rules! table {
    ($module:ident, $ours:ident, $arm:ident, $chain:ident) => {
        mod $module {
            use super::{Answer, Method, Reader, segment};

            include!(concat!(env!("OUT_DIR"), "/", stringify!($module), ".rs"));
        }

        /// Stops when the route and its parameters are known. The parameters are the fields of the variant.
        pub(crate) struct $ours;

        impl Router for $ours {
            fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
                $module::ours::find(method, path, reader)
            }

            #[inline]
            fn time(&self, method: &Method, path: &str, _: &mut Reader) {
                $module::ours::decide(method, path);
            }
        }

        /// Continues to an arm of a `match` for each route, as the handler does.
        pub(crate) struct $arm;

        impl Router for $arm {
            fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
                $module::ours::find(method, path, reader)
            }
        }

        pub(crate) struct $chain;

        impl Router for $chain {
            fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
                $module::chain(method, path, reader)
            }
        }
    };
}

table!(github130, Github, GithubArm, GithubChain);
table!(rest1000, Rest1000, Rest1000Arm, Rest1000Chain);
table!(rest5000, Rest5000, Rest5000Arm, Rest5000Chain);

/// Returns a parameter that is not empty, and the rest of the path.
fn segment(path: &str) -> Option<(&str, &str)> {
    let end = path.find('/').unwrap_or(path.len());
    (end > 0).then(|| path.split_at(end))
}
