//! The routers that are code: ours, and the chain of ifs. `build.rs` writes both from the tables.

use crate::router::{Answer, Router};
use http::Method;

/// One table as code.
macro_rules! table {
    ($module:ident, $ours:ident, $chain:ident) => {
        mod $module {
            use super::{Answer, Method, segment};

            include!(concat!(env!("OUT_DIR"), "/", stringify!($module), ".rs"));
        }

        pub(crate) struct $ours;

        impl Router for $ours {
            fn find(&self, method: &Method, path: &str, read: &mut impl FnMut(&str)) -> Answer {
                $module::ours::find(method, path, read)
            }
        }

        pub(crate) struct $chain;

        impl Router for $chain {
            fn find(&self, method: &Method, path: &str, read: &mut impl FnMut(&str)) -> Answer {
                $module::chain(method, path, read)
            }
        }
    };
}

table!(github130, Github, GithubChain);
table!(rest1000, Rest1000, Rest1000Chain);
table!(rest5000, Rest5000, Rest5000Chain);

/// A parameter that is not empty, and what is left of the path.
fn segment(path: &str) -> Option<(&str, &str)> {
    let end = path.find('/').unwrap_or(path.len());
    (end > 0).then(|| path.split_at(end))
}
