//! The chat in two windows, through a restart of the server.

use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::browser::{Browser, UNREACHABLE};
use crate::html::Pages;
use crate::program::Program;
use crate::replicas::Replicas;

const SOON: Duration = Duration::from_secs(1);

/// Returns the messages on the page that the server has confirmed.
fn messages(window: &Browser) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('#messages li[data-id]')].map(it => it.textContent)";
    serde_json::from_value(window.run(script)).expect("a list of text")
}

/// Sends a message, and returns the time at which it was sent.
fn say(window: &Browser, text: &str) -> SystemTime {
    window.fill("#text", text);
    window.click("form button");
    window.sent()
}

/// Waits until all windows show a message, and checks that this took less than a second.
fn show(windows: &[Browser], text: &str, since: SystemTime) {
    for window in windows {
        let elapsed = window.shown(text, since);
        println!("{text}: {elapsed:?}");
        assert!(elapsed < SOON, "{text}: {elapsed:?}");
    }
}

#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn each_window_shows_each_message_once_through_a_restart() {
    let database = std::env::temp_dir().join(format!("onward-chat-{}.db", std::process::id()));
    let database = database.to_str().expect("a path in text");
    let chat = Program::serve("chat", &[database]);
    let addr = chat.addr().to_owned();
    let windows = [Browser::start(), Browser::start()];
    for (window, name) in windows.iter().zip(["ada", "bob"]) {
        window.open(&format!("http://{addr}/?room=tea&name={name}"));
        window.until(&format!(
            "document.getElementById('state').textContent === 'connected as {name}'"
        ));
    }
    let [ada, bob] = &windows;
    ada.until("document.getElementById('present').textContent.includes('ada, bob')");

    for window in &windows {
        window.record("#messages li[data-id]");
    }

    show(&windows, "hello", say(ada, "hello"));
    let markup = "<b>hi</b><script>window.isHacked = 1</script>";
    show(&windows, markup, say(bob, markup));
    ada.screenshot("chat");

    // Both members write while there is no server.
    drop(chat);
    for window in &windows {
        window.until("document.getElementById('state').textContent === 'reconnecting'");
    }
    say(ada, "is anybody there?");
    say(bob, "one moment");
    ada.screenshot("chat-reconnecting");
    let chat = Program::serve_at(&addr, "chat", &[database]);
    let started = SystemTime::now();
    show(&windows, "is anybody there?", started);
    show(&windows, "one moment", started);
    show(&windows, "welcome back", say(ada, "welcome back"));

    // A reload shows the same messages.
    bob.color_scheme("dark");
    let before = messages(ada);
    bob.open(&format!("http://{addr}/?room=tea&name=bob"));
    bob.until("document.querySelectorAll('#messages li[data-id]').length === 5");
    bob.screenshot("chat-dark");
    assert_eq!(messages(bob), before);
    let mut sorted = before.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((before.len(), sorted.len()), (5, 5), "{before:?}");
    assert_eq!(
        ada.run("return document.querySelectorAll('#messages li').length"),
        json!(5)
    );
    assert_eq!(ada.run("return window.isHacked ?? null"), json!(null));

    let mut pages = Pages::default();
    pages.add(ada);
    pages.check("chat");
    for window in &windows {
        assert_eq!(window.errors(&UNREACHABLE), [""; 0]);
    }
    drop(chat);
    let _ = std::fs::remove_file(database);
}

/// Each window is connected to its own replica. Nothing is lost or shown twice, whichever process is killed.
#[test]
#[ignore = "needs Chromium: see `main.rs`"]
fn two_replicas_behind_nginx_show_the_same_messages_through_restarts() {
    let replicas = Replicas::start();
    let windows = [Browser::start(), Browser::start()];
    let [ada, bob] = &windows;
    replicas.spread(&windows);
    let mut expected = Vec::new();
    let mut everywhere = |texts: &[&str]| {
        expected.extend(texts.iter().map(|it| (*it).to_owned()));
        for window in &windows {
            let count = expected.len();
            window.until(&format!(
                "document.querySelectorAll('#messages li[data-id]').length === {count}"
            ));
        }
        let shown = messages(ada);
        assert_eq!(shown, messages(bob));
        for text in &expected {
            let count = shown.iter().filter(|it| it.ends_with(&**text)).count();
            assert_eq!(count, 1, "{text}: {shown:?}");
        }
    };

    say(ada, "hello");
    say(bob, "good morning");
    everywhere(&["hello", "good morning"]);

    replicas.kill("redis-server");
    say(ada, "is there tea?");
    say(bob, "I hear nothing");
    replicas.is_back("redis-server");
    everywhere(&["is there tea?", "I hear nothing"]);

    for (at, [first, second]) in [["bob?", "one moment"], ["ada?", "a moment"]]
        .iter()
        .enumerate()
    {
        replicas.spread(&windows);
        let replica = replicas.replica(at);
        replicas.kill(&replica);
        say(ada, first);
        say(bob, second);
        replicas.is_back(&replica);
        everywhere(&[first, second]);
    }
    replicas.spread(&windows);
    say(bob, "back again");
    everywhere(&["back again"]);
}
