//! The API of todo-backend: a list of things to do, for pages of any origin.
//!
//! ```text
//! cargo run --example todo [ADDRESS]      (default: port 3000)
//! ```

use onward::prelude::*;
use onward::{cors, http};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The todos, by number; clones share them.
#[derive(Clone, Default)]
struct Todos(Arc<Mutex<BTreeMap<u64, Todo>>>);

impl Todos {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Todo>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone, Serialize)]
struct Todo {
    title: String,
    completed: bool,
    order: Option<i64>,
    url: String,
}

/// A new todo.
#[derive(Deserialize)]
struct NewTodo {
    title: String,
    #[serde(default)]
    completed: bool,
    order: Option<i64>,
}

/// A change to a todo: the fields that are present.
#[derive(Deserialize)]
struct Change {
    title: Option<String>,
    completed: Option<bool>,
    order: Option<i64>,
}

#[server]
async fn todo(req: Request, mut res: Response, todos: Todos) -> Result {
    cors(&req, &mut res, "*");

    route!("/" as list -> Json<Vec<Todo>> => Json(todos.lock().values().cloned().collect()));

    route!(POST "/" (Json(new): Json<NewTodo>) -> Created<Json<Todo>> => {
        let mut todos = todos.lock();
        let id = todos.keys().next_back().map_or(1, |last| last + 1);
        let NewTodo { title, completed, order } = new;
        let todo = Todo { title, completed, order, url: base(&req) + &todo::one(id) };
        todos.insert(id, todo.clone());
        res.set_header("location", &*todo.url);
        Created(Json(todo))
    });

    route!(DELETE "/" -> NoContent => {
        todos.lock().clear();
        NoContent
    });

    route!("/todos/{id: u64}" as one -> Option<Json<Todo>> => todos.lock().get(&id).cloned().map(Json));

    route!(PATCH "/todos/{id: u64}" (Json(change): Json<Change>) -> Option<Json<Todo>> =>
        todos.lock().get_mut(&id).map(|todo| Json(apply(todo, change))));

    route!(DELETE "/todos/{id: u64}" -> Option<NoContent> => todos.lock().remove(&id).map(|_| NoContent));
}

fn apply(todo: &mut Todo, change: Change) -> Todo {
    todo.title = change.title.unwrap_or_else(|| todo.title.clone());
    todo.completed = change.completed.unwrap_or(todo.completed);
    todo.order = change.order.or(todo.order);
    todo.clone()
}

/// Returns the URL of this server, as the client knows it.
fn base(req: &Request) -> String {
    let host = req.headers.get("host").and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let todos = Todos::default();
    let server = http::create_server(move |req, res| todo(req, res, todos.clone()));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await
}
