//! The two versions of matchit that are in use. The parts of their APIs that are needed here are the same.

use super::paths;
use crate::router::{Answer, Methods, Reader, Router};
use crate::table::Table;
use http::Method;

macro_rules! matchit {
    ($name:ident, $version:ident) => {
        pub(crate) struct $name($version::Router<Methods>);

        impl $name {
            pub(crate) fn new(table: &Table) -> Self {
                let mut router = $version::Router::new();
                for (path, methods) in paths(table) {
                    router
                        .insert(path, methods)
                        .expect("no two paths of the table conflict");
                }
                Self(router)
            }
        }

        impl Router for $name {
            fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
                let Ok(found) = self.0.at(path) else {
                    return Answer::NoPath;
                };
                let answer = found.value.answer(method);
                if let Answer::Route(_) = answer {
                    found
                        .params
                        .iter()
                        .for_each(|(_, value)| reader.read(value));
                }
                answer
            }
        }
    };
}

matchit!(Matchit, matchit);
matchit!(Matchit08, matchit_08);
