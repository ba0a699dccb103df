//! Builds a document: routes → operations → JSON.
//!
//! ```text
//! flat        routes, with those of mounted servers
//! template    their paths
//! operation   what the document states about them   ← parameters, failures
//! components  the schemas of named types            ← bounds
//! v3_0        the conversion to OpenAPI 3.0.3
//! ```

mod bounds;
mod components;
mod failures;
mod flat;
mod operation;
mod parameters;
mod template;
mod v3_0;

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Map, Value, json};

use self::components::Components;
use self::failures::Surroundings;
use self::flat::{FlatRoute, flatten};
use self::operation::{Operation, RequestBody, Responses};
use self::template::Template;
use super::describe::{Content, Description};
use crate::routes::{RouteInfo, ServerInfo};

pub(super) use self::v3_0::convert;

/// The methods that a path of OpenAPI 3.1 may have.
const METHODS: [&str; 8] = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

/// Returns the document, and a list of what it cannot express.
pub(super) fn build(routes: &[RouteInfo]) -> (Value, Vec<String>) {
    let root = routes.iter().find_map(|route| route.described.server);
    let flat = flatten(routes)
        .into_iter()
        .filter(|route| !route.is_fallback());
    let all: Vec<(FlatRoute<'_>, Template)> = flat
        .map(|route| {
            let template = Template::of(&route);
            (route, template)
        })
        .collect();
    let mut builder = Builder {
        components: Components::new(),
        paths: BTreeMap::new(),
        losses: Vec::new(),
    };
    let failure = root.map(|root| Description::of(&mut builder.components.written, root.error.0));
    let failure = failure.and_then(|error| error.failures);
    for (route, template) in all.iter().filter(|(route, _)| !route.is_hidden) {
        let surroundings = Surroundings {
            route,
            template,
            all: &all,
            failure: failure.as_deref(),
        };
        builder.add(&surroundings);
    }
    let servers = all.iter().filter(|(route, _)| !route.is_hidden);
    let tags = tags(servers.filter_map(|(route, _)| route.servers.last().copied()));
    let mut document = header(root);
    document["tags"] = tags;
    let schemes = all.iter().flat_map(|(route, _)| route.security()).flatten();
    let schemes: Map<String, Value> = schemes
        .map(|scheme| (scheme.name.to_owned(), scheme.to_json()))
        .collect();
    if !schemes.is_empty() {
        document["components"]["securitySchemes"] = Value::Object(schemes);
    }
    builder.finish(document)
}

/// Returns the parts of the document that do not depend on the routes.
fn header(root: Option<&ServerInfo>) -> Value {
    let words = root.map_or("API", |root| root.name).replace('_', " ");
    let mut chars = words.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let version = root.and_then(|root| root.version).unwrap_or("0.0.0");
    let mut info = json!({ "title": first + chars.as_str(), "version": version });
    if let Some(docs) = root.map(|root| root.docs).filter(|docs| !docs.is_empty()) {
        info["description"] = docs.into();
    }
    if let Some(license) = root
        .and_then(|root| root.license)
        .filter(|it| !it.is_empty())
    {
        info["license"] = json!({ "name": license, "identifier": license });
    }
    json!({
        "openapi": "3.1.1",
        "info": info,
        "servers": [{ "url": "/" }],
        "security": [],
    })
}

/// Returns the tags: one for each module, described by the docs of its first server.
fn tags(servers: impl Iterator<Item = &'static ServerInfo>) -> Value {
    let mut tags: Vec<Value> = Vec::new();
    for server in servers {
        let name = tag(server);
        if tags.iter().any(|tag| tag["name"] == name) {
            continue;
        }
        let docs = match summary(server.docs) {
            "" => format!("The routes of `{}`.", server.name),
            docs => docs.to_owned(),
        };
        tags.push(json!({ "name": name, "description": docs }));
    }
    tags.into()
}

fn tag(server: &ServerInfo) -> &'static str {
    let last = server.module.rsplit("::").next();
    last.unwrap_or(server.module)
}

fn summary(docs: &str) -> &str {
    docs.trim().lines().next().unwrap_or_default().trim()
}

/// A path of the document: its template, and its operations by method.
struct PathEntry {
    path: String,
    names: Vec<String>,
    operations: BTreeMap<&'static str, Operation>,
}

struct Builder {
    components: Components,
    /// The paths, by their shape.
    paths: BTreeMap<String, PathEntry>,
    losses: Vec<String>,
}

impl Builder {
    fn add(&mut self, surroundings: &Surroundings<'_>) {
        let Surroundings {
            route, template, ..
        } = *surroundings;
        let operation = self.operation(surroundings);
        let path = template.path();
        if template.has_rest() {
            self.losses.push(format!(
                "`{path}`: the last parameter matches several segments"
            ));
        }
        let entry = self
            .paths
            .entry(template.shape())
            .or_insert_with(|| PathEntry {
                path: path.clone(),
                names: template.names.clone(),
                operations: BTreeMap::new(),
            });
        let methods = route.methods().unwrap_or(&METHODS);
        for method in methods {
            if !METHODS.contains(method) {
                self.losses
                    .push(format!("`{method} {path}`: OpenAPI has no such method"));
                continue;
            }
            let mut operation = operation.clone();
            operation.id = operation_id(route, method, methods.len() > 1);
            let params = operation.params.iter_mut().filter(|param| param.is_path);
            params
                .zip(&entry.names)
                .for_each(|(param, name)| param.name.clone_from(name));
            match entry.operations.get_mut(method) {
                Some(first) => first.merge(operation),
                None => {
                    entry.operations.insert(method, operation);
                }
            }
        }
    }

    fn operation(&mut self, surroundings: &Surroundings<'_>) -> Operation {
        let Surroundings {
            route, template, ..
        } = *surroundings;
        let info = route.route;
        let mut params = parameters::of_path(template, &mut self.components.read);
        params.extend(parameters::of_query(info.query, &mut self.components.read));
        let mut responses = Responses::default();
        self.add_reply(surroundings, &mut responses);
        surroundings.add_rejections(&mut responses);
        let body = info.body.map(|ty| {
            let body = Description::of(&mut self.components.read, ty.description.0);
            surroundings.add_body(&body, &mut responses);
            let media = body
                .contents
                .iter()
                .filter_map(|content| content.media.clone());
            RequestBody {
                is_required: !body.is_optional,
                media: media.collect(),
            }
        });
        for server in &route.servers {
            let error = Description::of(&mut self.components.written, server.error.0);
            error
                .contents
                .iter()
                .for_each(|content| responses.add(content));
        }
        let docs = info.docs.trim();
        let written = || format!("{} {}", info.methods.join(" | "), route.path);
        Operation {
            id: String::new(),
            summary: match summary(docs) {
                "" => written(),
                summary => summary.to_owned(),
            },
            docs: docs.contains('\n').then(|| docs.to_owned()),
            tag: route.servers.last().map(|server| tag(server).to_owned()),
            params,
            body: body.map(known_body),
            responses,
            security: route.security(),
        }
    }

    fn add_reply(&mut self, surroundings: &Surroundings<'_>, responses: &mut Responses) {
        let reply = surroundings.route.route.reply;
        let Some(ty) = reply else {
            responses.add_unknown(StatusCode::OK, "The route does not declare its reply.");
            return;
        };
        let reply = Description::of(&mut self.components.written, ty.description.0);
        if reply.contents.is_empty() {
            responses.add_unknown(
                StatusCode::OK,
                &format!("A `{ty}`, which is not described."),
            );
        }
        reply
            .contents
            .iter()
            .for_each(|content: &Content| responses.add(content));
        if reply.is_optional {
            surroundings.add_missing(responses);
        }
    }

    fn finish(mut self, mut document: Value) -> (Value, Vec<String>) {
        let mut ids = Vec::new();
        let mut paths = Map::new();
        for entry in self.paths.values_mut() {
            for operation in entry.operations.values_mut() {
                operation.id = unique(&operation.id, &mut ids);
            }
        }
        for entry in self.paths.into_values() {
            let operations = entry.operations.iter();
            let operations = operations.map(|(method, it)| (method.to_lowercase(), it.to_json()));
            let operations: Map<String, Value> = operations.collect();
            if !operations.is_empty() {
                paths.insert(entry.path, operations.into());
            }
        }
        document["paths"] = paths.into();
        self.components.finish(&mut document);
        (document, self.losses)
    }
}

/// Adds the content type `*/*` to a body whose type is not described.
fn known_body(mut body: RequestBody) -> RequestBody {
    if body.media.is_empty() {
        body.media.push(super::describe::Media {
            ty: "*/*",
            schema: None,
        });
    }
    body
}

/// Returns the id of an operation, such as `product`, `admin_product`, `create_post` or `getAdminUsers`.
fn operation_id(route: &FlatRoute<'_>, method: &'static str, is_one_of_many: bool) -> String {
    match route.route.name {
        Some(name) => {
            let method = is_one_of_many.then(|| method.to_lowercase());
            let names = route.mounts.iter().copied().chain([name]);
            let names = names.chain(method.as_deref());
            names.collect::<Vec<&str>>().join("_")
        }
        None => crate::routes::operation(&[method], &route.path),
    }
}

fn unique(id: &str, ids: &mut Vec<String>) -> String {
    let mut name = id.to_owned();
    let mut number = 2;
    while ids.contains(&name) {
        name = format!("{id}{number}");
        number += 1;
    }
    ids.push(name.clone());
    name
}
