//! The schemas of named types.
//!
//! serde may read a type differently from how it writes it: a field with a default is optional in a request and always
//! part of a response. So there are two generators, and a type whose two schemas differ has two names.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::bounds;

const READ: &str = "#/read/";
const WRITTEN: &str = "#/written/";
const SCHEMAS: &str = "#/components/schemas/";

/// The schemas of the types that are read, and of those that are written.
pub(super) struct Components {
    pub(super) read: SchemaGenerator,
    pub(super) written: SchemaGenerator,
}

impl Components {
    pub(super) fn new() -> Self {
        let settings = |path: &str| {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = path.to_owned().into();
                settings.meta_schema = None;
            })
        };
        Self {
            read: settings("/read").for_deserialize().into_generator(),
            written: settings("/written").for_serialize().into_generator(),
        }
    }

    /// Adds the schemas that the document uses, and makes its references point to them.
    pub(super) fn finish(mut self, document: &mut Value) {
        let read = self.read.take_definitions(true);
        let written = self.written.take_definitions(true);
        let mut used = BTreeSet::new();
        collect(document, &mut used);
        let mut pending: Vec<(Side, String)> = used.iter().cloned().collect();
        while let Some((side, name)) = pending.pop() {
            let definitions = if side == Side::Read { &read } else { &written };
            let mut inner = BTreeSet::new();
            definitions
                .get(&name)
                .iter()
                .for_each(|schema| collect(schema, &mut inner));
            pending.extend(inner.iter().filter(|it| !used.contains(*it)).cloned());
            used.extend(inner);
        }
        let names = names(&used, &read, &written);
        let mut schemas = Map::new();
        for ((side, name), public) in &names {
            let definitions = if *side == Side::Read { &read } else { &written };
            if let Some(schema) = definitions.get(name) {
                schemas.insert(public.clone(), schema.clone());
            }
        }
        if !schemas.is_empty() {
            document["components"]["schemas"] = Value::Object(schemas);
        }
        rename(document, &names);
        bounds::add(document);
    }
}

/// Whether a type is written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Written,
    Read,
}

/// Returns the definition to which a schema refers.
pub(super) fn definition<'a>(
    schema: &Value,
    definitions: &'a Map<String, Value>,
) -> Option<&'a Value> {
    let (_, name) = target(schema.get("$ref")?.as_str()?)?;
    definitions.get(&name)
}

fn target(reference: &str) -> Option<(Side, String)> {
    let (side, name) = match reference.strip_prefix(READ) {
        Some(name) => (Side::Read, name),
        None => (Side::Written, reference.strip_prefix(WRITTEN)?),
    };
    let name = percent_decode_str(name).decode_utf8_lossy();
    Some((side, name.replace("~1", "/").replace("~0", "~")))
}

/// Collects the named types that a value refers to.
fn collect(value: &Value, found: &mut BTreeSet<(Side, String)>) {
    match value {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            found.extend(reference.and_then(target));
            object.values().for_each(|value| collect(value, found));
        }
        Value::Array(array) => array.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

type Names = BTreeMap<(Side, String), String>;

/// Chooses the names that types have in the document.
fn names(
    used: &BTreeSet<(Side, String)>,
    read: &Map<String, Value>,
    written: &Map<String, Value>,
) -> Names {
    let is_written = |name: &String| used.contains(&(Side::Written, name.clone()));
    let both = used
        .iter()
        .filter(|(side, name)| *side == Side::Read && is_written(name));
    let both: Vec<&String> = both.map(|(_, name)| name).collect();
    let differing = differing(&both, read, written);
    let mut names = Names::new();
    let mut taken = BTreeSet::new();
    // In `used`, types that are written come before those that are read, so the former keep their names.
    for (side, name) in used {
        let plain = plain_name(name);
        let mut public = plain.clone();
        if *side == Side::Read && both.contains(&name) {
            if !differing.contains(name) {
                continue;
            }
            public = format!("{plain}Input");
        }
        let base = public.clone();
        let mut number = 2;
        while !taken.insert(public.clone()) {
            public = format!("{base}{number}");
            number += 1;
        }
        names.insert((*side, name.clone()), public);
    }
    for name in both.into_iter().filter(|name| !differing.contains(*name)) {
        let public = names.get(&(Side::Written, name.clone())).cloned();
        names.insert((Side::Read, name.clone()), public.unwrap_or_default());
    }
    names
}

/// Replaces the characters that a key of `components` cannot contain.
fn plain_name(name: &str) -> String {
    let plain = |char: char| match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' | '-' => char,
        _ => '_',
    };
    name.chars().map(plain).collect()
}

/// Returns the types whose schemas differ, or that refer to such types.
fn differing(
    both: &[&String],
    read: &Map<String, Value>,
    written: &Map<String, Value>,
) -> BTreeSet<String> {
    let text = |definitions: &Map<String, Value>, name: &String| {
        let text = definitions
            .get(name)
            .map(Value::to_string)
            .unwrap_or_default();
        text.replace(READ, WRITTEN)
    };
    let differs = both
        .iter()
        .filter(|name| text(read, name) != text(written, name));
    let mut differing: BTreeSet<String> = differs.map(|name| (*name).clone()).collect();
    loop {
        let refers = |name: &&&String| {
            let mut inner = BTreeSet::new();
            written
                .get(**name)
                .iter()
                .for_each(|schema| collect(schema, &mut inner));
            inner.iter().any(|(_, name)| differing.contains(name))
        };
        let more: Vec<String> = both
            .iter()
            .filter(refers)
            .map(|name| (*name).clone())
            .collect();
        let before = differing.len();
        differing.extend(more);
        if differing.len() == before {
            return differing;
        }
    }
}

fn rename(value: &mut Value, names: &Names) {
    match value {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            let public = reference
                .and_then(target)
                .and_then(|target| names.get(&target));
            if let Some(public) = public {
                object.insert("$ref".to_owned(), json!(format!("{SCHEMAS}{public}")));
            }
            object.values_mut().for_each(|value| rename(value, names));
        }
        Value::Array(array) => array.iter_mut().for_each(|value| rename(value, names)),
        _ => {}
    }
}
