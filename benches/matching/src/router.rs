//! The task of every router: find the route for a method and a path, and read the parameters.

use crate::requests::Request;
use http::Method;
use std::hint::black_box;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The route with this index in the table.
    Route(u32),
    /// 405
    WrongMethod,
    /// 404
    NoPath,
}

pub(crate) trait Router {
    /// Finds the route. If there is one, reads each of its parameters, in order.
    fn find(&self, method: &Method, path: &str, reader: &mut Reader) -> Answer;

    /// Runs the code that is timed: [`Router::find`], unless the result already contains the parameters.
    #[inline]
    fn time(&self, method: &Method, path: &str, reader: &mut Reader) {
        black_box(self.find(method, path, reader));
    }
}

/// Reads the parameters. The same type is used for verifying and for timing, so that generated code has one caller, as
/// in a real server.
#[derive(Default)]
pub(crate) struct Reader {
    kept: Option<Vec<String>>,
}

impl Reader {
    #[inline]
    pub(crate) fn read(&mut self, parameter: &str) {
        let parameter = black_box(parameter);
        if let Some(kept) = &mut self.kept {
            keep(kept, parameter);
        }
    }
}

#[cold]
fn keep(kept: &mut Vec<String>, parameter: &str) {
    kept.push(parameter.to_owned());
}

/// A [`Router`] of any type.
pub(crate) trait AnyRouter {
    /// Returns the result, and the parameters that were read.
    fn answer(&self, request: &Request) -> (Answer, Vec<String>);

    /// Looks up the requests in `order`. This is the code that is timed and counted.
    fn pass(&self, requests: &[Request], order: &[u32]);
}

impl<R: Router> AnyRouter for R {
    fn answer(&self, request: &Request) -> (Answer, Vec<String>) {
        let mut reader = Reader {
            kept: Some(Vec::new()),
        };
        let answer = self.find(&request.method, &request.path, &mut reader);
        (answer, reader.kept.unwrap_or_default())
    }

    #[inline(never)]
    fn pass(&self, requests: &[Request], order: &[u32]) {
        let mut reader = Reader::default();
        for index in order {
            let Request { method, path, .. } = &requests[*index as usize];
            self.time(method, path, &mut reader);
        }
    }
}

/// The entry of a path in routers that do not handle methods: the route of each method, as in the frameworks that use
/// these routers.
#[derive(Default)]
pub(crate) struct Methods([Option<u32>; 5]);

impl Methods {
    pub(crate) fn add(&mut self, method: &Method, route: u32) {
        let slot = slot(method).expect("the tables use five methods");
        self.0[slot] = Some(route);
    }

    pub(crate) fn answer(&self, method: &Method) -> Answer {
        match slot(method).and_then(|slot| self.0[slot]) {
            Some(route) => Answer::Route(route),
            None => Answer::WrongMethod,
        }
    }
}

fn slot(method: &Method) -> Option<usize> {
    match *method {
        Method::GET => Some(0),
        Method::POST => Some(1),
        Method::PUT => Some(2),
        Method::DELETE => Some(3),
        Method::PATCH => Some(4),
        _ => None,
    }
}
