//! Sessions on the wire, and session stores by themselves.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::cookies::Keys;
use onward::http::{self, Server};
use onward::prelude::*;
use onward::sessions::{
    MemoryStore, SessionId, SessionStore, Sessions, SqliteStore, StoreFuture, StoredSession, Write,
};
use serde::{Deserialize, Serialize};

use crate::client::{Received, exchange, request};
use crate::served::{Served, serve};

pub(crate) fn keys() -> Keys {
    Keys::new("a secret of at least 32 random bytes").unwrap()
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Visitor {
    pub(crate) user: Option<String>,
    pub(crate) cart: Vec<u32>,
}

#[server]
async fn shop(req: Request, mut res: Response, sessions: Sessions) -> Result {
    let visitor = sessions.open::<Visitor>(&req, &mut res).await?;
    route!("/" => Json(visitor.get()));
    route!(POST "/cart/{id: u32}" => {
        visitor.edit(move |it| it.cart.push(id))?;
        StatusCode::CREATED
    });
    route!(POST "/conflict/{id: u32}" => {
        visitor.edit(move |it| it.cart.push(id))?;
        Err::<&str, _>(StatusCode::CONFLICT)
    });
    route!(POST "/panic/{id: u32}" => {
        visitor.edit(move |it| it.cart.push(id))?;
        panic!("on purpose")
    });
    route!(POST "/panic-in-change/{id: u32}" => {
        visitor.edit(move |it| it.cart.push(id))?;
        visitor.edit(move |it| {
            it.cart.clear();
            panic!("on purpose")
        })?;
    });
    route!(POST "/login/{name}" => {
        let name = name.to_string();
        visitor.renew()?;
        visitor.edit(move |it| it.user = Some(name.clone()))?;
        StatusCode::NO_CONTENT
    });
    route!(POST "/logout" => visitor.destroy()?);
    route!(POST "/late" => {
        res.write("part").await?;
        tokio::task::yield_now().await;
        let late = visitor.edit(|it| it.cart.push(0));
        res.write(format!(" {}", late.is_err())).await?;
        res.end()
    });
}

pub(crate) struct Site {
    served: Served,
    log: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub(crate) fn new(sessions: Sessions) -> Self {
        let server = http::create_server(move |req, res| shop(req, res, sessions.clone()))
            // A thousand requests that save one session wait for each other, and the machine may be busy.
            .before_head_timeout(Duration::from_secs(60));
        let log = logged(&server);
        Self {
            served: serve(server),
            log,
        }
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.served.addr
    }

    pub(crate) async fn get(&self, line: &str, cookie: &str) -> Received {
        get(self.served.addr, line, cookie).await
    }

    pub(crate) fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    pub(crate) async fn close(self) {
        self.served.server.close();
        self.served.closed().await;
    }
}

fn logged(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let log = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&log);
    server.on(event::Error, move |error| {
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        lines.lock().unwrap().push(format!("{error} {source}"));
    });
    log
}

pub(crate) async fn get(addr: SocketAddr, line: &str, cookie: &str) -> Received {
    let cookie = format!("cookie: {cookie}");
    Received::parse(&exchange(addr, &request(&[line, &cookie, "content-length: 0"], b"")).await)
}

/// Returns the cookie that a response sets, in the form in which a client sends it.
pub(crate) fn cookie_of(received: &Received) -> Option<String> {
    let set = received.header("set-cookie")?;
    Some(set.split(';').next().unwrap().to_owned())
}

fn memory() -> Sessions {
    Sessions::new(MemoryStore::new(100), keys())
}

#[tokio::test]
async fn a_session_is_created_by_the_first_change_and_is_also_saved_for_errors() {
    let site = Site::new(memory());
    assert_eq!(cookie_of(&site.get("GET /", "x=y").await), None);
    for (line, status) in [
        ("POST /cart/7", 201),
        ("POST /conflict/7", 409),
        ("POST /panic/7", 500),
    ] {
        let received = site.get(line, "x=y").await;
        assert_eq!(received.status, status);
        let set = received.header("set-cookie").unwrap();
        assert!(
            set.contains("; HttpOnly; SameSite=Lax; Path=/; Max-Age=1209600"),
            "{set}"
        );
        assert_eq!(received.header("cache-control"), Some("no-store"));
        let cookie = cookie_of(&received).unwrap();
        let read = site.get("GET /", &cookie).await;
        assert_eq!(read.text(), r#"{"user":null,"cart":[7]}"#, "{line}");
        assert_eq!(cookie_of(&read), None);
    }
    let late = site.get("POST /late", "x=y").await;
    assert_eq!(late.text(), "part true");
    site.close().await;
}

#[tokio::test]
async fn a_change_that_panics_discards_the_changes_of_its_request() {
    let site = Site::new(memory());
    let cookie = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    let failed = site.get("POST /panic-in-change/8", &cookie).await;
    assert_eq!((failed.status, cookie_of(&failed)), (500, None));
    let read = site.get("GET /", &cookie).await;
    assert_eq!(read.text(), r#"{"user":null,"cart":[7]}"#);
    site.close().await;
}

#[tokio::test]
async fn an_id_does_not_survive_a_login() {
    let site = Site::new(memory());
    let before = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    let login = site.get("POST /login/ada", &before).await;
    let after = cookie_of(&login).unwrap();
    assert_ne!(before, after);
    let read = site.get("GET /", &after).await;
    assert_eq!(read.text(), r#"{"user":"ada","cart":[7]}"#);
    // The old id is no longer valid and is removed from the browser.
    let old = site.get("GET /", &before).await;
    assert_eq!(old.text(), r#"{"user":null,"cart":[]}"#);
    assert!(old.header("set-cookie").unwrap().contains("Max-Age=0"));
    // A login with an id that no longer exists does not restore the session.
    let again = cookie_of(&site.get("POST /login/eve", &before).await).unwrap();
    assert_ne!(again, before);
    assert_eq!(
        site.get("GET /", &before).await.text(),
        r#"{"user":null,"cart":[]}"#
    );
    let logout = site.get("POST /logout", &after).await;
    assert!(logout.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(
        site.get("GET /", &after).await.text(),
        r#"{"user":null,"cart":[]}"#
    );
    assert_eq!(site.log(), [""; 0]);
    site.close().await;
}

#[tokio::test]
async fn forged_truncated_and_foreign_cookies_are_ignored_and_logged() {
    let site = Site::new(memory());
    let valid = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    let foreign = Sessions::new(MemoryStore::new(10), Keys::new("b".repeat(32)).unwrap());
    let other = Site::new(foreign);
    let foreign = cookie_of(&other.get("POST /cart/7", "").await).unwrap();
    other.close().await;
    let full = r#"{"user":null,"cart":[7]}"#;
    let empty = r#"{"user":null,"cart":[]}"#;
    for (cookie, expected, logged) in [
        (valid.clone(), full, 0),
        (valid[..valid.len() - 1].to_owned(), empty, 1),
        (format!("{valid}0"), empty, 1),
        (foreign.clone(), empty, 1),
        (format!("{foreign}; {valid}"), full, 1),
        (format!("session={}", "0".repeat(48)), empty, 1),
        ("session=".to_owned(), empty, 1),
        ("other=1".to_owned(), empty, 0),
    ] {
        let received = site.get("GET /", &cookie).await;
        assert_eq!(
            (received.status, &*received.text()),
            (200, expected),
            "{cookie}"
        );
        let log = site.log();
        assert_eq!(log.len(), logged, "{cookie}: {log:?}");
        assert!(
            log.iter().all(|it| it.contains("no valid signature")),
            "{log:?}"
        );
    }
    site.close().await;
}

#[tokio::test]
async fn keys_can_be_changed() {
    let store = Arc::new(MemoryStore::new(10));
    let old = Site::new(Sessions::new(Shared(Arc::clone(&store)), keys()));
    let cookie = cookie_of(&old.get("POST /cart/7", "").await).unwrap();
    old.close().await;
    let both = Keys::new("b".repeat(32))
        .unwrap()
        .accept("a secret of at least 32 random bytes")
        .unwrap();
    let site = Site::new(Sessions::new(Shared(Arc::clone(&store)), both));
    let read = site.get("GET /", &cookie).await;
    assert_eq!(read.text(), r#"{"user":null,"cart":[7]}"#);
    let renewed = cookie_of(&read).expect("signed with the new key");
    assert_ne!(renewed, cookie);
    site.close().await;
    let new = Site::new(Sessions::new(
        Shared(store),
        Keys::new("b".repeat(32)).unwrap(),
    ));
    assert_eq!(
        new.get("GET /", &renewed).await.text(),
        r#"{"user":null,"cart":[7]}"#
    );
    assert_eq!(
        new.get("GET /", &cookie).await.text(),
        r#"{"user":null,"cart":[]}"#
    );
    new.close().await;
}

/// One store for several servers.
struct Shared<S>(Arc<S>);

impl<S: SessionStore> SessionStore for Shared<S> {
    fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
        self.0.load(id)
    }

    fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
        self.0.write(write)
    }

    fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
        self.0.remove(id)
    }
}

pub(crate) async fn loses_no_write(sessions: Sessions) {
    let site = Site::new(sessions);
    let cookie = cookie_of(&site.get("POST /cart/0", "").await).unwrap();
    let mut requests = tokio::task::JoinSet::new();
    for id in 1..=1000 {
        let (addr, cookie) = (site.served.addr, cookie.clone());
        requests.spawn(async move {
            // Some of the responses are errors; the session is saved for them as well.
            let (line, status) = match id % 3 {
                0 => (format!("POST /conflict/{id}"), 409),
                _ => (format!("POST /cart/{id}"), 201),
            };
            let received = get(addr, &line, &cookie).await;
            assert_eq!(received.status, status, "{}", received.text());
        });
    }
    while let Some(done) = requests.join_next().await {
        assert!(done.is_ok(), "{done:?}: {:?}", site.log());
    }
    let read: Visitor = serde_json::from_slice(&site.get("GET /", &cookie).await.body).unwrap();
    let all: HashSet<u32> = read.cart.iter().copied().collect();
    assert_eq!((read.cart.len(), all.len()), (1001, 1001));
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_concurrent_requests_lose_no_write_in_memory() {
    loses_no_write(memory()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_concurrent_requests_lose_no_write_in_sqlite() {
    let path = std::env::temp_dir().join(format!("onward-sessions-{}", std::process::id()));
    loses_no_write(Sessions::new(SqliteStore::open(&path).unwrap(), keys())).await;
    let _ = std::fs::remove_file(path);
}

/// A store that fails while the flag is set.
struct Failing {
    store: MemoryStore,
    loads: Arc<AtomicBool>,
    writes: Arc<AtomicBool>,
}

impl SessionStore for Failing {
    fn load<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, Option<StoredSession>> {
        match self.loads.load(Ordering::Relaxed) {
            true => Box::pin(async { Err("the disk is on fire".into()) }),
            false => self.store.load(id),
        }
    }

    fn write(&self, write: Write) -> StoreFuture<'_, Option<u64>> {
        match self.writes.load(Ordering::Relaxed) {
            true => Box::pin(async { Err("the disk is full".into()) }),
            false => self.store.write(write),
        }
    }

    fn remove<'a>(&'a self, id: &'a SessionId) -> StoreFuture<'a, ()> {
        self.store.remove(id)
    }
}

#[tokio::test]
async fn a_store_that_fails_is_a_500_with_its_cause() {
    let (loads, writes) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicBool::new(false)),
    );
    let site = Site::new(Sessions::new(
        Failing {
            store: MemoryStore::new(10),
            loads: Arc::clone(&loads),
            writes: Arc::clone(&writes),
        },
        keys(),
    ));
    let cookie = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    writes.store(true, Ordering::Relaxed);
    let received = site.get("POST /cart/8", &cookie).await;
    assert_eq!(
        (received.status, received.header("set-cookie")),
        (500, None)
    );
    assert!(!received.text().contains("full"));
    let log = site.log();
    assert!(
        log.len() == 1 && log[0].contains("the disk is full"),
        "{log:?}"
    );
    // A request that does not change the session does not write it.
    assert_eq!(
        site.get("GET /", &cookie).await.text(),
        r#"{"user":null,"cart":[7]}"#
    );
    loads.store(true, Ordering::Relaxed);
    assert_eq!(site.get("GET /", &cookie).await.status, 500);
    let log = site.log();
    assert!(log.len() == 1 && log[0].contains("on fire"), "{log:?}");
    // A client without a session does not need the store.
    assert_eq!(site.get("GET /", "").await.status, 200);
    site.close().await;
}

#[tokio::test]
async fn a_session_expires_and_is_extended_by_use() {
    let site = Site::new(memory().expires_after(Duration::ZERO));
    let cookie = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    assert_eq!(
        site.get("GET /", &cookie).await.text(),
        r#"{"user":null,"cart":[]}"#
    );
    site.close().await;

    let store = Arc::new(MemoryStore::new(10));
    let short =
        Sessions::new(Shared(Arc::clone(&store)), keys()).expires_after(Duration::from_secs(600));
    let site = Site::new(short);
    let cookie = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    site.close().await;
    // 600 s is less than half of 14 days.
    let site = Site::new(Sessions::new(Shared(store), keys()));
    let read = site.get("GET /", &cookie).await;
    assert!(
        read.header("set-cookie")
            .unwrap()
            .contains("Max-Age=1209600")
    );
    assert_eq!(site.get("GET /", &cookie).await.header("set-cookie"), None);
    site.close().await;
}

#[tokio::test]
async fn sqlite_keeps_sessions_across_restarts() {
    let path = std::env::temp_dir().join(format!("onward-restart-{}", std::process::id()));
    let open = || Sessions::new(SqliteStore::open(&path).unwrap(), keys());
    let site = Site::new(open());
    let cookie = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    site.close().await;
    let site = Site::new(open());
    assert_eq!(
        site.get("GET /", &cookie).await.text(),
        r#"{"user":null,"cart":[7]}"#
    );
    let renewed = cookie_of(&site.get("POST /login/ada", &cookie).await).unwrap();
    assert_eq!(
        site.get("GET /", &cookie).await.text(),
        r#"{"user":null,"cart":[]}"#
    );
    assert_eq!(
        site.get("GET /", &renewed).await.text(),
        r#"{"user":"ada","cart":[7]}"#
    );
    site.close().await;
    let _ = std::fs::remove_file(path);
}
