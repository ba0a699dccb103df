use super::paths;
use crate::router::{Answer, Methods, Reader, Router};
use crate::table::Table;
use actix_router::Path;
use http::Method;

pub(crate) struct Actix(actix_router::Router<Methods>);

impl Actix {
    pub(crate) fn new(table: &Table) -> Self {
        let mut builder = actix_router::Router::build();
        for (path, methods) in paths(table) {
            builder.path(path, methods);
        }
        Self(builder.finish())
    }
}

impl Router for Actix {
    fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
        let mut path = Path::new(path);
        let Some((methods, _)) = self.0.recognize(&mut path) else {
            return Answer::NoPath;
        };
        let answer = methods.answer(method);
        if let Answer::Route(_) = answer {
            path.iter().for_each(|(_, value)| reader.read(value));
        }
        answer
    }
}
