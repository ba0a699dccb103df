//! Operations before they become JSON. Routes with the same method and paths of the same shape are one operation.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::openapi::Security;
use crate::openapi::describe::{Content, Media};

/// An operation of the document.
#[derive(Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) summary: String,
    pub(super) docs: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) params: Vec<Parameter>,
    pub(super) body: Option<RequestBody>,
    pub(super) responses: Responses,
    pub(super) security: Vec<Vec<Security>>,
}

/// A parameter of the path or the query.
#[derive(Clone, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) is_path: bool,
    pub(super) is_required: bool,
    pub(super) schema: Value,
    pub(super) docs: Option<String>,
}

/// The body of the requests.
#[derive(Clone)]
pub(super) struct RequestBody {
    pub(super) is_required: bool,
    pub(super) media: Vec<Media>,
}

/// The responses by status.
#[derive(Clone, Default)]
pub(super) struct Responses(BTreeMap<u16, Response>);

#[derive(Clone, Default)]
struct Response {
    docs: Vec<String>,
    media: Vec<Media>,
    /// Whether there may be other content that is not declared.
    is_unknown: bool,
}

impl Responses {
    /// Adds a response that is declared.
    pub(super) fn add(&mut self, content: &Content) {
        let response = self.at(content.status, content.docs);
        if let Some(media) = &content.media {
            add_media(&mut response.media, media);
        }
    }

    /// Adds a failure, with the body that the error type declares.
    pub(super) fn add_failure(&mut self, status: StatusCode, docs: &str, body: Option<&[Content]>) {
        let response = self.at(status.as_u16(), docs);
        for media in body
            .into_iter()
            .flatten()
            .filter_map(|content| content.media.as_ref())
        {
            add_media(&mut response.media, media);
        }
        response.is_unknown |= body.is_none();
    }

    /// Adds a response whose content is not known.
    pub(super) fn add_unknown(&mut self, status: StatusCode, docs: &str) {
        self.at(status.as_u16(), docs).is_unknown = true;
    }

    fn at(&mut self, status: u16, docs: &str) -> &mut Response {
        let response = self.0.entry(status).or_default();
        if !docs.is_empty() && !response.docs.iter().any(|it| it == docs) {
            response.docs.push(docs.to_owned());
        }
        response
    }

    fn merge(&mut self, other: Self) {
        for (status, response) in other.0 {
            for docs in &response.docs {
                self.at(status, docs);
            }
            let merged = self.at(status, "");
            response
                .media
                .iter()
                .for_each(|media| add_media(&mut merged.media, media));
            merged.is_unknown |= response.is_unknown;
        }
    }

    fn to_json(&self) -> Value {
        let responses = self.0.iter().map(|(status, response)| {
            let reason = StatusCode::from_u16(*status).ok();
            let reason = reason.and_then(|status| status.canonical_reason());
            let docs = match response.docs.is_empty() {
                true => reason.unwrap_or("Another status").to_owned(),
                false => response.docs.join(" "),
            };
            let mut json = json!({ "description": docs });
            if response.is_unknown {
                json["x-unknown"] = true.into();
            } else if !response.media.is_empty() {
                json["content"] = media_json(&response.media);
            }
            (status.to_string(), json)
        });
        Value::Object(responses.collect())
    }
}

/// Adds a content type, which is listed once: further schemas become alternatives.
fn add_media(all: &mut Vec<Media>, new: &Media) {
    let Some(old) = all.iter_mut().find(|media| media.ty == new.ty) else {
        all.push(new.clone());
        return;
    };
    old.schema = match (old.schema.take(), &new.schema) {
        (Some(old), Some(new)) => Some(either(old, new)),
        _ => None,
    };
}

/// Returns a schema that allows the values of both schemas.
pub(super) fn either(old: Value, new: &Value) -> Value {
    if old == *new {
        return old;
    }
    let mut alternatives = match old.get("anyOf") {
        Some(Value::Array(all)) if old.as_object().is_some_and(|it| it.len() == 1) => all.clone(),
        _ => vec![old],
    };
    if !alternatives.contains(new) {
        alternatives.push(new.clone());
    }
    json!({ "anyOf": alternatives })
}

fn media_json(media: &[Media]) -> Value {
    let content = media.iter().map(|media| {
        let schema = media.schema.as_ref();
        let json = schema.map_or_else(|| json!({}), |schema| json!({ "schema": schema }));
        (media.ty.to_owned(), json)
    });
    Value::Object(content.collect())
}

impl Operation {
    /// Adds a later route with the same method and a path of the same shape.
    pub(super) fn merge(&mut self, other: Self) {
        let docs = self.docs.get_or_insert_with(|| self.summary.clone());
        *docs = format!(
            "{docs}\n\nOr, if that route does not match: {}",
            other.docs.unwrap_or(other.summary)
        );
        for param in &mut self.params {
            let same = |it: &&Parameter| it.is_path == param.is_path && it.name == param.name;
            match other.params.iter().find(same) {
                Some(other) => {
                    param.schema = either(param.schema.take(), &other.schema);
                    param.is_required &= other.is_required;
                }
                None => param.is_required = param.is_path,
            }
        }
        for mut param in other.params {
            let is_known = self
                .params
                .iter()
                .any(|it| it.is_path == param.is_path && it.name == param.name);
            if !is_known {
                param.is_required = param.is_path;
                self.params.push(param);
            }
        }
        self.body = match (self.body.take(), other.body) {
            (Some(mut body), Some(other)) => {
                other
                    .media
                    .iter()
                    .for_each(|media| add_media(&mut body.media, media));
                body.is_required &= other.is_required;
                Some(body)
            }
            (body, other) => body.or(other).map(|body| RequestBody {
                is_required: false,
                ..body
            }),
        };
        self.responses.merge(other.responses);
        if other.security.is_empty() {
            self.security = Vec::new();
        }
    }

    pub(super) fn to_json(&self) -> Value {
        let mut json = json!({
            "operationId": self.id,
            "summary": self.summary,
            "responses": self.responses.to_json(),
        });
        if let Some(docs) = &self.docs {
            json["description"] = docs.as_str().into();
        }
        if let Some(tag) = &self.tag {
            json["tags"] = json!([tag]);
        }
        if !self.params.is_empty() {
            json["parameters"] = self.params.iter().map(Parameter::to_json).collect();
        }
        if let Some(body) = &self.body {
            json["requestBody"] = json!({
                "required": body.is_required,
                "content": media_json(&body.media),
            });
        }
        if !self.security.is_empty() {
            json["security"] = self
                .security
                .iter()
                .map(|schemes| requirement(schemes))
                .collect();
        }
        json
    }
}

fn requirement(schemes: &[Security]) -> Value {
    let schemes = schemes
        .iter()
        .map(|scheme| (scheme.name.to_owned(), json!([])));
    Value::Object(schemes.collect::<Map<String, Value>>())
}

impl Parameter {
    fn to_json(&self) -> Value {
        let mut json = json!({
            "name": self.name,
            "in": if self.is_path { "path" } else { "query" },
            "required": self.is_required,
            "schema": self.schema,
        });
        if let Some(docs) = &self.docs {
            json["description"] = docs.as_str().into();
        }
        json
    }
}
