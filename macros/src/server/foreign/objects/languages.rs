//! Objects that the standard libraries of other languages have: tasks, logs, JSON, promises, Go's `http`.

use super::methods;
use crate::http::status;
use crate::server::foreign::calls::Call;
use proc_macro2::TokenTree;

pub(super) fn tasks(calls: &[Call]) -> String {
    let first = calls.first();
    let argument = first.and_then(|call| call.arguments.first());
    match (first, argument) {
        (Some(call), _) if methods::snake(&call.name) == "sleep" => {
            "use `tokio::time::sleep(duration).await`".to_owned()
        }
        (_, Some(task)) if task.ends_with(')') => format!("use `tokio::spawn({task})`"),
        (Some(call), Some(task)) => {
            let arguments = call.arguments.get(1..).unwrap_or_default().join(", ");
            format!("use `tokio::spawn({task}({arguments}))`")
        }
        _ => "use `tokio::spawn(async move { … })`".to_owned(),
    }
}

pub(super) fn log(calls: &[Call]) -> String {
    let arguments = calls.first().map_or(&[][..], |call| &call.arguments);
    match arguments {
        [text] if text.starts_with('"') => {
            format!("use `println!({text})`, or the crate `tracing`")
        }
        [] => "use `println!(\"{value}\")`, or the crate `tracing`".to_owned(),
        values => {
            let braces = vec!["{}"; values.len()].join(" ");
            format!(
                "use `println!(\"{braces}\", {})`, or the crate `tracing`",
                values.join(", ")
            )
        }
    }
}

pub(super) fn json(calls: &[Call]) -> String {
    let first = calls.first();
    let value = first.and_then(|call| call.arguments.first());
    let value = value.map_or("value", String::as_str);
    match first.is_some_and(|call| ["parse", "loads"].contains(&call.name.as_str())) {
        true => format!(
            "use `serde_json::from_str::<Type>({value})?`; for the body of a request, use `req.body.json::<Type>().await?`"
        ),
        false => format!(
            "use the value `Json({value})`, which is sent as JSON, or `serde_json::to_string(&{value})?`"
        ),
    }
}

pub(super) fn promise(calls: &[Call]) -> String {
    let first = calls.first();
    let values = first.and_then(|call| call.arguments.first());
    let values = values.map_or("", |it| it.trim_matches(['[', ']']).trim());
    match first.map(|call| call.name.as_str()) {
        Some("all" | "allSettled") if !values.is_empty() => {
            format!("use `tokio::join!({values})`, which evaluates to all values")
        }
        Some("race" | "any") => {
            "use `tokio::select! { value = first => …, value = second => … }`".to_owned()
        }
        Some("resolve") => format!("use `{values}`"),
        Some("reject") => format!("use `Err({values})`"),
        _ => "use `tokio::join!(first, second)`".to_owned(),
    }
}

/// Returns the help for `http.Error(w, "text", 404)` and `http.StatusNotFound`.
pub(super) fn package(after: &[TokenTree], calls: &[Call]) -> String {
    let member = match after {
        [_, TokenTree::Ident(member), ..] => member.to_string(),
        _ => String::new(),
    };
    let arguments = calls.first().map_or(&[][..], |call| &call.arguments);
    let text = arguments.iter().find(|it| it.starts_with('"'));
    let text = text.map_or("\"text\"", String::as_str);
    let found = arguments.iter().rev().find_map(|it| status::of(it));
    let status = found.unwrap_or_else(|| "StatusCode::NOT_FOUND".to_owned());
    match member.as_str() {
        "Error" => format!("use `return Err(Error::new({status}, {text}))`"),
        "NotFound" => "use `return Err(Error::not_found())`".to_owned(),
        "Redirect" => format!("use `onward::redirect({text})`"),
        "HandleFunc" | "Handle" => format!("use `route!({text} => reply);`"),
        "ListenAndServe" => {
            "use `onward::http::create_server(app).listen(3000).await` in `main`".to_owned()
        }
        member => match status::constant_like(member) {
            Some(constant) => format!("use `StatusCode::{constant}`"),
            None => "use a function of the module: `http::name(…)`".to_owned(),
        },
    }
}
