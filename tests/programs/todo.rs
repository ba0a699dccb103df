//! The example `todo`: the API of todo-backend.

use serde_json::json;

use crate::program::Program;

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

#[test]
fn todos_are_added_changed_and_deleted() {
    let todo = Program::serve("todo", &[]);
    let add = |body: &str| todo.ask("POST", "/", &JSON, body);

    assert_eq!(todo.ask("DELETE", "/", &[], "").status, 204);
    assert_eq!(todo.get("/").json(), json!([]));
    let added = add(r#"{"title": "a todo", "order": 523}"#);
    let url = added.json()["url"].as_str().expect("a URL").to_owned();
    assert_eq!((added.status, added.header("location")), (201, &*url));
    let expected = json!({ "title": "a todo", "completed": false, "order": 523, "url": url });
    assert_eq!(added.json(), expected);
    assert_eq!(todo.get("/").json(), json!([expected]));

    let path = url.strip_prefix(&format!("http://{}", todo.addr()));
    let path = path.expect("an absolute URL of this server");
    let changed = todo.ask("PATCH", path, &JSON, r#"{"completed": true, "order": 95}"#);
    let expected = json!({ "title": "a todo", "completed": true, "order": 95, "url": url });
    assert_eq!(changed.json(), expected);
    assert_eq!(todo.get(path).json(), expected);

    add(r#"{"title": "another"}"#);
    assert_eq!(todo.ask("DELETE", path, &[], "").status, 204);
    assert_eq!(todo.get(path).status, 404);
    assert_eq!(todo.get("/").json()[0]["title"], "another");
    assert_eq!(add("{}").status, 400);
}

#[test]
fn pages_of_other_origins_may_use_the_api() {
    let todo = Program::serve("todo", &[]);
    let added = todo.ask("POST", "/", &JSON, r#"{"title": "a todo"}"#);
    assert_eq!(added.header("access-control-allow-origin"), "*");
    let preflight = [
        ("origin", "https://todo.example"),
        ("access-control-request-method", "PATCH"),
        ("access-control-request-headers", "content-type"),
    ];
    let allowed = todo.ask("OPTIONS", "/todos/1", &preflight, "");
    assert_eq!(allowed.status, 204);
    let methods = allowed.header("access-control-allow-methods");
    assert!(methods.contains("PATCH"), "{methods}");
    let headers = allowed.header("access-control-allow-headers");
    assert_eq!(headers, "content-type");
}
