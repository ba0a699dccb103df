//! A client of the example `library`, whose methods progenitor generates from the OpenAPI document.
//!
//! It calls every operation and checks the responses; the first argument is the URL of the server.

use futures_util::TryStreamExt;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

progenitor::generate_api!(spec = "library.json", interface = Builder);

/// Reads the body of a response that is not JSON.
async fn bytes(body: progenitor_client::ByteStream) -> Vec<u8> {
    let chunks: Vec<_> = body.into_inner().try_collect().await.expect("a body");
    chunks.concat()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).expect("the URL of the server");
    let everyone = Client::new(&url);
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer let-me-in"));
    let http = reqwest::Client::builder().default_headers(headers).build();
    let staff = Client::new_with_client(&url, http.expect("a client"));

    let emma = types::BookInput {
        id: 0,
        title: "Emma".to_owned(),
        year: Some(1815),
        genre: types::Genre::Novel,
        tags: vec!["irony".to_owned()],
        is_lent: false,
    };
    let added = staff
        .staff_add()
        .body(emma.clone())
        .send()
        .await
        .expect("add");
    assert_eq!(added.status(), 201);
    let id = added.id;
    let denied = everyone
        .staff_add()
        .body(emma)
        .send()
        .await
        .expect_err("no key");
    assert_eq!(denied.status().expect("a status"), 401);

    let change = types::Change {
        title: None,
        year: Some(1816),
    };
    let changed = staff
        .staff_change()
        .id(id)
        .body(change)
        .send()
        .await
        .expect("change");
    assert_eq!(changed.year, Some(1816));
    assert!(*staff.staff_count().send().await.expect("count") >= 1);

    let books = everyone
        .books()
        .page(1)
        .order(types::Order::Title)
        .tag(vec!["irony".to_owned()]);
    let books = books
        .genre(types::Genre::Novel)
        .since(1800)
        .send()
        .await
        .expect("books");
    assert!(books.iter().any(|book| book.id == id));
    assert_eq!(
        everyone.book().id(id).send().await.expect("book").title,
        "Emma"
    );
    let missing = everyone
        .book()
        .id(4_000_000_000_u32)
        .send()
        .await
        .expect_err("no such book");
    assert_eq!(missing.status().expect("a status"), 404);

    assert!(everyone.lend().id(id).send().await.expect("lend").is_lent);
    let again = everyone
        .lend()
        .id(id)
        .send()
        .await
        .expect_err("already on loan");
    assert_eq!(again.status().expect("a status"), 409);
    everyone.give_back().id(id).send().await.expect("give back");

    everyone
        .set_cover()
        .id(id)
        .body(vec![1, 2, 3])
        .send()
        .await
        .expect("set cover");
    let cover = everyone.cover().id(id).send().await.expect("cover");
    assert_eq!(bytes(cover.into_inner()).await, [1, 2, 3]);
    everyone
        .write_note()
        .name("for ada")
        .body("Return Emma")
        .send()
        .await
        .expect("write note");
    let note = everyone.note().name("for ada").send().await.expect("note");
    assert_eq!(bytes(note.into_inner()).await, b"Return Emma");

    let card = types::SubscriptionInput {
        email: "ada@library.example".to_owned(),
        weekly: true,
    };
    let subscribed = everyone
        .subscribe()
        .body(card)
        .send()
        .await
        .expect("subscribe");
    assert_eq!(
        (subscribed.status().as_u16(), subscribed.weekly),
        (202, true)
    );
    let about = everyone.about().send().await.expect("about");
    assert_eq!(bytes(about.into_inner()).await, b"<h1>The library</h1>");
    staff.staff_remove().id(id).send().await.expect("remove");
    println!("every operation works");
}
