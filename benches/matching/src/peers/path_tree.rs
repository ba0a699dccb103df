use super::paths;
use crate::router::{Answer, Methods, Reader, Router};
use crate::table::Table;
use http::Method;

pub(crate) struct PathTree(path_tree::PathTree<Methods>);

impl PathTree {
    pub(crate) fn new(table: &Table) -> Self {
        let mut tree = path_tree::PathTree::new();
        for (path, methods) in paths(table) {
            let path = path.replace('{', ":").replace('}', "");
            let _ = tree.insert(&path, methods);
        }
        Self(tree)
    }
}

impl Router for PathTree {
    fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer {
        let Some((methods, found)) = self.0.find(path) else {
            return Answer::NoPath;
        };
        let answer = methods.answer(method);
        if let Answer::Route(_) = answer {
            found
                .params_iter()
                .for_each(|(_, value)| reader.read(value));
        }
        answer
    }
}
