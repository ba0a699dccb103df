//! The six tests of TechEmpower's framework benchmarks, on SQLite.
//!
//! ```text
//! cargo run --release --example bench [ADDRESS] [DATABASE]     (default: port 3000, `:memory:`)
//! ```

use maud::{DOCTYPE, Markup, html};
use onward::http::{self, HeaderValue, header};
use onward::prelude::*;
use rusqlite::Connection;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Serialize)]
struct World {
    id: i64,
    #[serde(rename = "randomNumber")]
    number: i64,
}

/// A handle to the database; clones share it.
#[derive(Clone)]
struct Db(Arc<Mutex<Connection>>);

impl Db {
    /// Opens a database, and adds the rows that it does not have.
    fn open(path: &str) -> rusqlite::Result<Self> {
        let db = Connection::open(path)?;
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS world (id INTEGER PRIMARY KEY, number INTEGER NOT NULL);
             CREATE TABLE IF NOT EXISTS fortune (id INTEGER PRIMARY KEY, message TEXT NOT NULL);
             WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 10000)
             INSERT OR IGNORE INTO world SELECT id, abs(random() % 10000) + 1 FROM ids;
             INSERT OR IGNORE INTO fortune VALUES (1, 'Measure first.'), (2, '<script>alert(1)</script>'), (3, '速い');",
        )?;
        Ok(Self(Arc::new(Mutex::new(db))))
    }

    /// Runs a function on a thread that may block.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = Arc::clone(&self.0);
        let work = move || work(&mut db.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(tokio::task::spawn_blocking(work).await??)
    }
}

fn random_world(db: &Connection) -> rusqlite::Result<World> {
    let random = "SELECT id, number FROM world WHERE id = (SELECT abs(random() % 10000) + 1)";
    let (id, number) = db
        .prepare_cached(random)?
        .query_row([], |row| row.try_into())?;
    Ok(World { id, number })
}

/// Reads `count` random rows, and changes each of them.
fn update(db: &mut Connection, count: u32) -> rusqlite::Result<Vec<World>> {
    let change = db.transaction()?;
    let mut worlds = Vec::new();
    for _ in 0..count {
        let mut world = random_world(&change)?;
        let set =
            "UPDATE world SET number = abs(random() % 10000) + 1 WHERE id = ? RETURNING number";
        let mut set = change.prepare_cached(set)?;
        world.number = set.query_row([world.id], |row| row.get(0))?;
        worlds.push(world);
    }
    change.commit()?;
    Ok(worlds)
}

fn fortunes(db: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut all = db.prepare_cached("SELECT id, message FROM fortune")?;
    all.query_map([], |row| row.try_into())?.collect()
}

fn page(mut fortunes: Vec<(i64, String)>) -> Markup {
    fortunes.push((0, "Additional fortune added at request time.".to_owned()));
    fortunes.sort_by(|a, b| a.1.cmp(&b.1));
    html! {
        (DOCTYPE) html { head { title { "Fortunes" } } body { table {
            tr { th { "id" } th { "message" } }
            @for (id, message) in &fortunes { tr { td { (id) } td { (message) } } }
        } } }
    }
}

/// Returns the number in the text, clamped to the range from 1 to 500, or 1 if the text is missing or not a number.
fn count(queries: Option<String>) -> u32 {
    queries
        .and_then(|it| it.parse().ok())
        .unwrap_or(1)
        .clamp(1, 500)
}

#[server]
async fn bench(req: Request, mut res: Response, db: Db) -> Result {
    res.set_header(header::SERVER, HeaderValue::from_static("onward"));
    route!("/json" => json!({ "message": "Hello, World!" }));
    route!("/plaintext" => "Hello, World!");
    route!("/db" => Json(db.run(|db| random_world(db)).await?));
    route!("/queries?{queries: Option<String>}" =>
        Json(db.run(|db| (0..count(queries)).map(|_| random_world(db)).collect::<Result<Vec<_>, _>>()).await?));
    route!("/updates?{queries: Option<String>}" => Json(db.run(|db| update(db, count(queries))).await?));
    route!("/fortunes" => Html(page(db.run(|db| fortunes(db)).await?).into_string()));
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(2).unwrap_or(":memory:".to_owned());
    let db = Db::open(&path)?;
    let server = http::create_server(move |req, res| bench(req, res, db.clone()));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    Ok(server.listen(onward_examples::address()).await?)
}
