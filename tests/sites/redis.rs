//! Sessions in a Redis server, which is killed and started again. Needs Debian's `redis-server`.

use std::collections::HashSet;

use onward::sessions::{RedisStore, Sessions};

use crate::redis_server::Redis;
use crate::sessions::{Site, Visitor, cookie_of, get, keys};

fn sessions(redis: &Redis) -> Sessions {
    Sessions::new(RedisStore::open(&redis.url()).unwrap(), keys())
}

fn cart(received: &crate::client::Received) -> Vec<u32> {
    let visitor: Visitor = serde_json::from_slice(&received.body).unwrap();
    visitor.cart
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_concurrent_requests_lose_no_write_in_redis() {
    let redis = Redis::start();
    crate::sessions::loses_no_write(sessions(&redis)).await;
}

/// Two stores do not take turns, so most writes find a version other than the one they loaded.
#[tokio::test(flavor = "multi_thread")]
async fn two_stores_lose_no_write_in_redis() {
    let redis = Redis::start();
    let sites = [Site::new(sessions(&redis)), Site::new(sessions(&redis))];
    let cookie = cookie_of(&sites[0].get("POST /cart/0", "").await).unwrap();
    let mut requests = tokio::task::JoinSet::new();
    for id in 1..=200 {
        let (addr, cookie) = (sites[id % 2].addr(), cookie.clone());
        requests.spawn(async move { get(addr, &format!("POST /cart/{id}"), &cookie).await.status });
    }
    assert!(requests.join_all().await.iter().all(|it| *it == 201));
    let cart: HashSet<u32> = cart(&sites[0].get("GET /", &cookie).await)
        .into_iter()
        .collect();
    assert_eq!(cart.len(), 201);
    for site in sites {
        assert_eq!(site.log(), [""; 0]);
        site.close().await;
    }
}

#[tokio::test]
async fn an_id_does_not_survive_a_login_in_redis() {
    let redis = Redis::start();
    let site = Site::new(sessions(&redis));
    let before = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    let after = cookie_of(&site.get("POST /login/ada", &before).await).unwrap();
    let empty = r#"{"user":null,"cart":[]}"#;
    assert_eq!(site.get("GET /", &before).await.text(), empty);
    let read = site.get("GET /", &after).await;
    assert_eq!(read.text(), r#"{"user":"ada","cart":[7]}"#);
    assert_eq!(redis.command(&["DBSIZE"]).trim(), "1");
    let key = redis.command(&["KEYS", "onward:session:*"]);
    let seconds: u32 = redis.command(&["TTL", key.trim()]).trim().parse().unwrap();
    assert!((1_209_590..=1_209_600).contains(&seconds), "{seconds}");
    site.get("POST /logout", &after).await;
    assert_eq!(site.get("GET /", &after).await.text(), empty);
    assert_eq!(redis.command(&["DBSIZE"]).trim(), "0");
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_is_killed_is_a_500_with_its_cause_and_loses_no_confirmed_write() {
    let mut redis = Redis::start();
    let site = Site::new(sessions(&redis));
    let cookie = cookie_of(&site.get("POST /cart/0", "").await).unwrap();
    let mut confirmed = vec![0];
    for round in 0..3 {
        let mut requests = tokio::task::JoinSet::new();
        for id in 1..=100 {
            let (id, addr, cookie) = (round * 100 + id, site.addr(), cookie.clone());
            requests
                .spawn(async move { (id, get(addr, &format!("POST /cart/{id}"), &cookie).await) });
        }
        let mut failed = 0;
        while let Some(done) = requests.join_next().await {
            let (id, received) = done.unwrap();
            match received.status {
                201 => confirmed.push(id),
                500 => failed += 1,
                other => panic!("{other}"),
            }
            if confirmed.len() == 40 * (round as usize + 1) {
                redis.kill();
                confirmed.push(u32::MAX); // the process is killed only once
            }
        }
        confirmed.retain(|it| *it != u32::MAX);
        // All requests may have been handled before the process was killed.
        let log = site.log();
        assert_eq!(log.len(), failed, "{log:?}");
        assert!(
            log.iter().all(|it| it.contains("the session store failed")),
            "{log:?}"
        );

        for line in [
            "GET /",
            "POST /cart/1000",
            "POST /login/ada",
            "POST /logout",
        ] {
            let received = site.get(line, &cookie).await;
            assert_eq!(
                (received.status, received.header("set-cookie")),
                (500, None),
                "{line}"
            );
            assert!(!received.text().contains("refused"));
        }
        assert_eq!(
            site.get("POST /cart/1000", "").await.status,
            500,
            "a new session"
        );
        assert_eq!(site.get("GET /", "").await.status, 200, "no session");
        let log = site.log();
        assert!(
            log.len() == 5 && log.iter().all(|it| it.contains("refused")),
            "{log:?}"
        );

        redis.start_again();
        let read = site.get("GET /", &cookie).await;
        assert_eq!(read.status, 200, "the first request after the restart");
        let stored: HashSet<u32> = cart(&read).into_iter().collect();
        assert!(
            confirmed.iter().all(|id| stored.contains(id)),
            "{confirmed:?} {stored:?}"
        );
        assert!(!stored.contains(&1000));
    }
    site.close().await;
}

#[tokio::test]
async fn a_foreign_value_is_a_500_and_is_not_overwritten() {
    let redis = Redis::start();
    let site = Site::new(sessions(&redis));
    let cookie = cookie_of(&site.get("POST /cart/7", "").await).unwrap();
    let key = redis.command(&["KEYS", "*"]);
    redis.command(&["SET", key.trim(), "foreign"]);
    assert_eq!(site.get("GET /", &cookie).await.status, 500);
    assert_eq!(site.get("POST /cart/8", &cookie).await.status, 500);
    assert!(site.log().iter().all(|it| it.contains("WRONGTYPE")));
    assert_eq!(redis.command(&["GET", key.trim()]).trim(), "foreign");
    site.close().await;
}
