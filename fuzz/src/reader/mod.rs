//! Compares how this server, httparse and hyper's server read the input of a client.

mod differences;
mod framed;
mod hyper_server;
mod ours;

use self::differences::{allowed_here, rejected_here};
use self::framed::Framed;
use crate::runtime::block_on;

/// The default limit of this server.
const MAX_HEADERS: usize = 100;

/// The maximum number of trailer fields for the other readers: more than an input can have, because this server limits
/// the size of the trailer section and not the number of its fields.
const MAX_TRAILERS: usize = 2048;

/// A request as one of the readers reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadRequest {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) is_http10: bool,
    /// The headers, with lowercase names.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) trailers: Vec<(String, Vec<u8>)>,
    /// Whether the body is complete.
    pub(crate) is_complete: bool,
}

impl ReadRequest {
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let named = self.headers.iter().filter(move |it| it.0 == name);
        named.map(|(_, value)| &value[..])
    }

    /// Returns the elements of the lists in headers with this name, in lowercase.
    pub(crate) fn elements(&self, name: &str) -> Vec<String> {
        let mut elements = Vec::new();
        for value in self.headers.iter().filter(|it| it.0 == name) {
            let text = String::from_utf8_lossy(&value.1).to_ascii_lowercase();
            elements.extend(
                text.split(',')
                    .map(|it| it.trim_matches([' ', '\t']).to_owned()),
            );
        }
        elements.retain(|it| !it.is_empty());
        elements
    }

    /// Returns whether no request is read from the connection after this one.
    pub(crate) fn is_last(&self) -> bool {
        let options = self.elements("connection");
        let lists = |option: &str| options.iter().any(|it| it == option);
        self.method == "CONNECT" || lists("close") || self.is_http10 && !lists("keep-alive")
    }
}

/// Lets all three readers read the bytes.
///
/// # Panics
/// Panics if this server accepts a request that another reader rejects, reads it differently, or rejects a request
/// that the other readers accept, unless the difference is deliberate.
pub fn check_reader(bytes: &[u8]) {
    let ours = block_on(ours::read(bytes));
    let theirs = block_on(hyper_server::read(bytes));
    let (framed, rest) = framed::read(bytes);
    let shown = bytes.escape_ascii();
    for (at, request) in ours.iter().take_while(|it| it.is_complete).enumerate() {
        match framed.get(at) {
            Some(framed) => compare_with_httparse(request, &framed.request, &shown.to_string()),
            None if allowed_here(rest).is_some() => return,
            None => panic!("httparse rejects {request:?} of {shown}"),
        }
        match theirs.get(at) {
            Some(theirs) => compare_with_hyper(request, theirs, &shown.to_string()),
            None => panic!("hyper rejects {request:?} of {shown}"),
        }
        if request.is_last() {
            assert!(
                ours.len() == at + 1,
                "a request was read after the last one: {shown}"
            );
            return;
        }
    }
    let accepted = ours.iter().filter(|it| it.is_complete).count();
    let is_accepted = |it: &Framed| it.request.is_complete;
    let (Some(framed), Some(theirs)) = (framed.get(accepted), theirs.get(accepted)) else {
        return;
    };
    if is_accepted(framed) && theirs.is_complete {
        assert!(
            rejected_here(framed).is_some(),
            "only this server rejects {framed:?} of {shown}"
        );
    }
}

/// Compares two requests, with their targets as URIs: an absolute target without a path equals the one with the path
/// `/`.
fn compare_with_httparse(ours: &ReadRequest, theirs: &ReadRequest, shown: &str) {
    let (mut ours, mut theirs) = (ours.clone(), theirs.clone());
    for request in [&mut ours, &mut theirs] {
        request.target = hyper_server::shown(&request.target);
        request.trailers = grouped(&request.trailers);
    }
    assert_eq!(ours, theirs, "httparse: {shown}");
}

/// Compares two requests as hyper stores them: headers in a map, which groups the values of a name, and targets as
/// URIs.
fn compare_with_hyper(ours: &ReadRequest, theirs: &ReadRequest, shown: &str) {
    let mut ours = ours.clone();
    ours.headers = grouped(&ours.headers);
    ours.trailers = grouped(&ours.trailers);
    ours.target = hyper_server::shown(&ours.target);
    assert_eq!(ours, *theirs, "hyper: {shown}");
}

fn grouped(headers: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let mut all = headers.to_vec();
    all.sort_by_key(|(name, _)| headers.iter().position(|it| it.0 == *name));
    all
}
