//! The function under `#[server]`.

const SIGNATURE: &str = "async fn name(req: Request, res: Response, …) -> Result";

pub(crate) fn not_a_function() -> String {
    format!("`#[server]` goes on an async function\nhelp: write `{SIGNATURE}`")
}

pub(crate) fn function_without_body(name: &str) -> String {
    format!("`{name}` has no body\nhelp: write `{{ … }}` with its routes behind the signature")
}

pub(crate) fn not_async(name: &str) -> String {
    format!("`{name}` is not async, and a server awaits\nhelp: write `async fn {name}`")
}

pub(crate) fn takes_self() -> String {
    format!(
        "a server is a free function and takes no `self`\nhelp: move it out of the `impl` and pass the state as an argument: `{SIGNATURE}`"
    )
}

pub(crate) fn arguments(name: &str) -> String {
    format!(
        "`{name}` takes the request first and the response second, both by value\nhelp: write `async fn {name}(req: Request, res: Response, …)`; onward's `#[server]` makes an HTTP server of the function"
    )
}

pub(crate) fn argument_patterns(name: &str) -> String {
    format!(
        "the request and the response need a name\nhelp: write `async fn {name}(req: Request, res: Response, …)`"
    )
}

pub(crate) fn return_type(ty: &str) -> String {
    format!(
        "a server returns a `Result`, and `{ty}` is none\nhelp: write `-> Result`; the answers of its routes may be anything that is a `Reply`"
    )
}

pub(crate) fn result_of(ty: &str) -> String {
    format!(
        "a server returns a `Result` of `Sent`, and this is `{ty}`\nhelp: write `-> Result`; the answers of its routes may be anything that is a `Reply`"
    )
}

pub(crate) fn unfit_qualifier(word: &str) -> String {
    format!("a server cannot be `{word}`\nhelp: leave `{word}` out")
}

pub(crate) fn no_routes(name: &str) -> String {
    format!("`{name}` has no route\nhelp: write one into its body: `route!(\"/\" => \"hello\");`")
}

pub(crate) fn server_twice() -> String {
    "`#[server]` is given twice\nhelp: leave one out".to_owned()
}
