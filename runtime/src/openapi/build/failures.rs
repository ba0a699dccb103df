//! The failures that the server itself sends for a route.

use http::StatusCode;

use super::flat::FlatRoute;
use super::operation::Responses;
use super::template::Template;
use crate::openapi::describe::{Content, Description};

/// A route and all other routes, which determine whether its path exists for other methods.
pub(super) struct Surroundings<'a> {
    pub(super) route: &'a FlatRoute<'a>,
    pub(super) template: &'a Template,
    pub(super) all: &'a [(FlatRoute<'a>, Template)],
    /// The body of failures, as the error type declares it.
    pub(super) failure: Option<&'a [Content]>,
}

impl Surroundings<'_> {
    /// Adds the failures that can occur before the body is read: those of the path, the method, the guard, the query
    /// and the authentication.
    pub(super) fn add_rejections(&self, responses: &mut Responses) {
        if !self.route.route.query.is_empty() {
            self.add(
                responses,
                StatusCode::BAD_REQUEST,
                "A parameter of the query is missing or invalid.",
            );
        }
        if !self.template.params.is_empty() {
            self.add(
                responses,
                StatusCode::BAD_REQUEST,
                "The percent-encoding of the path is invalid.",
            );
            self.add_unmatched(
                responses,
                StatusCode::NOT_FOUND,
                "The path matches no route.",
            );
        }
        if self.route.is_guarded {
            self.add_unmatched(
                responses,
                StatusCode::NOT_FOUND,
                "A condition of the route is not met.",
            );
        }
        if self.may_be_other_method() && !self.route.has_fallback() {
            self.add(
                responses,
                StatusCode::METHOD_NOT_ALLOWED,
                "The path exists for other methods.",
            );
        }
        if !self.route.security().is_empty() {
            self.add(
                responses,
                StatusCode::UNAUTHORIZED,
                "The client is not authenticated.",
            );
        }
    }

    /// Adds the failures of reading a body.
    pub(super) fn add_body(&self, body: &Description<'_>, responses: &mut Responses) {
        if body.is_parsed {
            self.add(responses, StatusCode::BAD_REQUEST, "The body is invalid.");
        }
        if body.is_limited {
            self.add(
                responses,
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body is too long.",
            );
        }
        if body.is_exclusive {
            self.add(
                responses,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The content type of the body is not supported.",
            );
        }
    }

    pub(super) fn add_missing(&self, responses: &mut Responses) {
        self.add(
            responses,
            StatusCode::NOT_FOUND,
            "The resource does not exist.",
        );
    }

    fn add(&self, responses: &mut Responses, status: StatusCode, docs: &str) {
        responses.add_failure(status, docs, self.failure);
    }

    /// Adds the response to a request that no route matches. If a fallback handles the request, the response is
    /// unknown.
    fn add_unmatched(&self, responses: &mut Responses, status: StatusCode, docs: &str) {
        match self.route.has_fallback() {
            true => responses.add_unknown(status, docs),
            false => self.add(responses, status, docs),
        }
    }

    /// Returns whether the guard or the type of a parameter may reject a path that has routes for other methods.
    fn may_be_other_method(&self) -> bool {
        let Some(methods) = self.route.methods() else {
            return false;
        };
        self.all.iter().any(|(other, template)| {
            let has_other = other
                .methods()
                .is_some_and(|others| others.iter().any(|it| !methods.contains(it)));
            let is_rejected = self.route.is_guarded || self.template.is_stricter_than(template);
            has_other && is_rejected && self.template.overlaps(template)
        })
    }
}
