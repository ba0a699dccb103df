//! Code that blocks, panics or has no effect when a request arrives.

/// Returns the message for `std::thread::sleep(duration)`.
pub(crate) fn blocking_sleep(duration: &str) -> String {
    format!(
        "`thread::sleep` blocks the thread, and with it other handlers\nhelp: use `tokio::time::sleep({duration}).await`"
    )
}

/// Returns the message for `let mut visits = 0;` above a route with `visits += 1;`.
pub(crate) fn own_counter(name: &str) -> String {
    format!(
        "`{name}` starts again at 0 with each request\nhelp: use an argument `{name}: Arc<AtomicU32>`, and `{name}.fetch_add(1, Ordering::Relaxed)`"
    )
}

/// Returns the message for `reqwest::blocking::get(url)`.
pub(crate) fn blocking_client(call: &str) -> String {
    format!("a blocking client panics in an async function\nhelp: use `{call}.await`")
}

/// Returns the message for `runtime.block_on(future)`.
pub(crate) fn blocked_on(future: &str) -> String {
    format!("`block_on` panics or blocks in an async function\nhelp: use `{future}.await`")
}

/// Returns the message for `req.url.query::<u32>("page").unwrap()`.
pub(crate) fn unwrapped_input(value: &str) -> String {
    format!(
        "this panics if the client sends invalid data, which results in a 500\nhelp: use `?`, which results in a 400: `{value}?`"
    )
}

/// Returns the message for `req.headers.get("x-key").unwrap()`.
pub(crate) fn unwrapped_header(value: &str) -> String {
    format!(
        "this panics if the client does not send the header, which results in a 500\nhelp: use `{value}.ok_or_else(|| Error::bad_request(\"text\"))?`"
    )
}

/// Returns the message for `req.headers["x-key"]`.
pub(crate) fn indexed_header(headers: &str, name: &str) -> String {
    format!(
        "this panics if the client does not send the header, which results in a 500\nhelp: use `{headers}.get({name})`, which is an `Option`"
    )
}

/// Returns the message for `find(id).ok_or("not found")?`.
pub(crate) fn hidden_text(text: &str, status: &str) -> String {
    format!(
        "text becomes an error with the status 500, and the client does not see it\nhelp: use `Error::new(StatusCode::{status}, {text})`"
    )
}

/// Returns the message for `names.push(name);` on a variable of the function.
pub(crate) fn lost_change(name: &str, ty: Option<&str>, call: &str) -> String {
    let guard = format!("{name}.lock().unwrap()");
    let locked = call.replacen(name, &guard, 1);
    let ty = ty.unwrap_or("Type");
    format!(
        "this change is lost: each request has its own `{name}`\nhelp: use an argument of the function that all requests share, `{name}: Arc<Mutex<{ty}>>`, and `{locked}`"
    )
}
