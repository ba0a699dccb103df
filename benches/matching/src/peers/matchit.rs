use super::paths;
use crate::router::{Answer, Methods, Reader, Router};
use crate::table::Table;
use http::Method;

pub(crate) struct Matchit(matchit::Router<Methods>);

impl Matchit {
    pub(crate) fn new(table: &Table) -> Self {
        let mut router = matchit::Router::new();
        for (path, methods) in paths(table) {
            router
                .insert(path, methods)
                .expect("no two paths of the table are in conflict");
        }
        Self(router)
    }
}

impl Router for Matchit {
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
