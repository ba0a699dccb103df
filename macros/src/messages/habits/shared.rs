//! State that all requests share, and closures that wait.

/// A number that all requests can change.
pub(crate) struct Counter {
    atomic: String,
}

impl Counter {
    /// Returns the counter for an integer type.
    pub(crate) fn of(ty: &str) -> Option<Self> {
        let bits = ty.strip_prefix(['u', 'i'])?;
        let sign = if ty.starts_with('u') { "U" } else { "I" };
        ["8", "16", "32", "64", "size"]
            .contains(&bits)
            .then(|| Self {
                atomic: format!("Atomic{sign}{bits}"),
            })
    }

    /// Returns the call for ` += 1` and ` -= 1`.
    fn call(name: &str, assigned: &str) -> Option<String> {
        let (sign, value) = assigned.trim_start().split_once(' ')?;
        let method = match sign {
            "+=" => "fetch_add",
            "-=" => "fetch_sub",
            _ => return None,
        };
        Some(format!("{name}.{method}({value}, Ordering::Relaxed)"))
    }
}

/// Returns the message for `*visits += 1`, `state.visits += 1` and `names.push(name)`, for an `Arc`. `after` is the
/// code after the place.
pub(crate) fn changed_in_arc(name: &str, ty: &str, place: &str, after: &str) -> String {
    let found =
        format!("the value in an `Arc` is shared and cannot change without a lock: `{name}`");
    let lock = [("Mutex<", "lock"), ("RwLock<", "write")];
    let last = ty.rsplit("::").next().unwrap_or(ty);
    let kind = lock
        .iter()
        .find(|(lock, _)| last.starts_with(lock) || ty.contains(&format!("::{lock}")));
    if let Some((_, method)) = kind {
        let place = place.replacen(name, &format!("{name}.{method}().unwrap()"), 1);
        return format!(
            "{found}\nhelp: use `{place}{after}`, or `.{method}().await` if the lock is tokio's"
        );
    }
    if ty.starts_with("Atomic") {
        let call = Counter::call(name, after)
            .unwrap_or_else(|| format!("{name}.store(value, Ordering::Relaxed)"));
        return format!("{found}\nhelp: use `{call}`");
    }
    if let Some(counter) = Counter::of(ty)
        && let Some(call) = Counter::call(name, after)
    {
        let atomic = counter.atomic;
        return format!("{found}\nhelp: use `{name}: Arc<{atomic}>`, and `{call}`");
    }
    let place = place.replacen(name, &format!("{name}.lock().unwrap()"), 1);
    format!("{found}\nhelp: use `{name}: Arc<Mutex<{ty}>>`, and `{place}{after}`")
}

/// Returns the message for `visits += 1`, for an argument `visits: u32`.
pub(crate) fn changed_argument(name: &str, ty: &str, assigned: &str) -> String {
    let found =
        format!("each request has its own `{name}`, so other requests would not see this change");
    let shared = Counter::of(ty).zip(Counter::call(name, assigned));
    match shared {
        Some((counter, call)) => format!(
            "{found}\nhelp: use `{name}: Arc<{}>`, and `{call}`; for a change in this request only, use `mut {name}: {ty}`",
            counter.atomic
        ),
        None => format!(
            "{found}\nhelp: use `{name}: Arc<Mutex<{ty}>>`, and `*{name}.lock().unwrap(){assigned}`; for a change in this request only, use `mut {name}: {ty}`"
        ),
    }
}

/// Returns the message for `VISITS += 1`.
pub(crate) fn changed_static(name: &str, assigned: &str) -> String {
    let help = match Counter::call(name, assigned) {
        Some(call) => format!(
            "use `static {name}: AtomicU32 = AtomicU32::new(0);`, and `{call}`, or an argument `Arc<Mutex<Type>>`"
        ),
        None => format!(
            "use `static {name}: Mutex<Type> = Mutex::new(value);`, and `*{name}.lock().unwrap(){assigned}`"
        ),
    };
    format!(
        "requests are handled at the same time, so a static cannot change without a lock: `{name}`\nhelp: {help}"
    )
}

/// Returns the message for `.await` in a closure.
pub(crate) fn await_in_closure(help: &str) -> String {
    format!("a closure that is not async cannot wait, found `.await`\nhelp: {help}")
}

/// Returns the help for `ids.iter().map(|id| price(*id).await)`.
pub(crate) fn loop_for_closure(method: &str, input: &str, values: &str, body: &str) -> String {
    match method {
        "map" => format!(
            "use a `for` loop: `let mut list = Vec::new(); for {input} in {values} {{ list.push({body}); }}`"
        ),
        "for_each" => {
            let body = statement_of(body);
            format!("use a `for` loop: `for {input} in {values} {{ {body}; }}`")
        }
        _ => format!(
            "use a `for` loop: `for {} in {values} {{ … }}`",
            input.trim_start_matches('&')
        ),
    }
}

/// Returns the help for `user.map(|user| load(user).await)`.
pub(crate) fn match_for_closure(value: &str, method: &str, input: &str, body: &str) -> String {
    let some = match method {
        "map" => format!("Some({body})"),
        _ => body.to_owned(),
    };
    format!(
        "use `match {value} {{ Some({input}) => {some}, None => None }}`, with `Ok` and `Err` for a `Result`"
    )
}

/// Returns the help for `user.unwrap_or_else(|| load().await)`.
pub(crate) fn match_for_missing(value: &str, input: Option<&str>, body: &str) -> String {
    match input {
        Some(input) => {
            format!("use `match {value} {{ Ok(value) => value, Err({input}) => {body} }}`")
        }
        None => format!("use `match {value} {{ Some(value) => value, None => {body} }}`"),
    }
}

/// Returns the help for `spawn_blocking(move || load().await)`.
pub(crate) fn task_for_closure(body: &str) -> String {
    format!("use a task: `tokio::spawn(async move {{ {body} }})`")
}

/// Returns the help for `res.on(event::Finish, |_| save().await)`.
pub(crate) fn async_listener(receiver: &str, method: &str) -> String {
    let example = match method {
        "before_head" => "|head| async move { …; Ok(head) }",
        _ => "event, |it| async move { … }",
    };
    format!("use `{receiver}.{method}_async({example})`")
}

/// Returns the message for `req.on("data", |chunk| …)`.
pub(crate) fn event_as_text(
    receiver: &str,
    method: &str,
    meant: Option<&str>,
    events: &[&str],
) -> String {
    let help = match meant {
        Some(event) => format!("use `{receiver}.{method}(event::{event}, …)`"),
        None => {
            let events: Vec<String> = events.iter().map(|it| format!("`event::{it}`")).collect();
            format!("use one of {}", events.join(", "))
        }
    };
    format!("an event is a type, not text\nhelp: {help}")
}

/// Returns the help for `cache.entry(id).or_insert_with(|| load().await)`.
pub(crate) fn value_for_closure(body: &str) -> String {
    let body = statement_of(body);
    format!(
        "move the `.await` before the call: `let value = {body};`, and use `value` in the closure"
    )
}

/// Returns the body of a closure without its braces and the semicolon at its end.
fn statement_of(body: &str) -> &str {
    let body = body.trim_start_matches('{').trim_end_matches('}').trim();
    body.trim_end_matches(';')
}
