use super::paths;
use crate::router::{Answer, Methods, Reader, Router};
use crate::table::Table;
use http::Method;

pub(crate) struct Wayfind(wayfind::Router<Methods>);

impl Wayfind {
    pub(crate) fn new(table: &Table) -> Self {
        let mut builder = wayfind::RouterBuilder::new();
        for (path, methods) in paths(table) {
            let path = path.replace('{', "<").replace('}', ">");
            builder
                .insert(&path, methods)
                .expect("no two paths of the table conflict");
        }
        Self(builder.build())
    }
}

impl Router for Wayfind {
    fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
        let Some(found) = self.0.search(path) else {
            return Answer::NoPath;
        };
        let answer = found.data().answer(method);
        if let Answer::Route(_) = answer {
            found
                .parameters()
                .iter()
                .for_each(|(_, value)| reader.read(value));
        }
        answer
    }
}
