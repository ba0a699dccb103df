//! The type of a reply.

pub(crate) fn missing_reply_type() -> String {
    "expected the type of the reply after `->`\nhelp: use `-> Json<Product> => …`, or remove the `->`".to_owned()
}

pub(crate) fn not_a_reply_type(found: &str) -> String {
    format!(
        "expected the type of the reply after `->`, found `{found}`\nhelp: use a type, such as `-> Json<Product>`; the value comes after `=>`"
    )
}

pub(crate) fn reply_type_after_guard(ty: &str) -> String {
    format!(
        "the type of the reply must come before the guard\nhelp: use `-> {ty} if condition => …`"
    )
}

pub(crate) fn name_after_reply_type(name: &str) -> String {
    format!("the name must come before the type of the reply\nhelp: use `as {name} -> Type => …`")
}

pub(crate) fn reply_type_before_body() -> String {
    "the body must come right after the path, before `->`\nhelp: use `\"/path\" (name: Type) -> Reply => …`".to_owned()
}

pub(crate) fn second_reply_type() -> String {
    "a route can have only one type of reply\nhelp: use `Result<A, B>`, or an enum that implements `Reply`".to_owned()
}

pub(crate) fn vague_reply_type(ty: &str) -> String {
    format!(
        "`{ty}` does not name the type of the reply\nhelp: use the type itself, such as `-> Json<Product>`, or remove `-> {ty}`"
    )
}

pub(crate) fn sent_as_reply_type(response: &str) -> String {
    format!(
        "`Sent` is the return type of `{response}.send(…)`, not a reply\nhelp: use the type of the value that is sent, such as `-> Json<Product>`, or remove the `->`"
    )
}

pub(crate) fn result_as_reply_type(ty: &str) -> String {
    format!(
        "`{ty}` is the return type of the function; the type of the reply is the type of the value after `=>`\nhelp: use `-> Json<Product>` and `?` on the expression, or `-> Result<Json<Product>, MyError>`"
    )
}

pub(crate) fn status_in_reply_type(ty: &str) -> String {
    format!(
        "`{ty}` is a value, not a type\nhelp: use `-> StatusCode`, or a type that sets the status, such as `-> NoContent` or `-> Created<Json<Product>>`"
    )
}

pub(crate) fn bare_reply_type(ty: &str) -> String {
    format!("`{ty}` does not implement `Reply`\nhelp: use `-> Json<{ty}>` and `Json(…)` after `=>`")
}

pub(crate) fn bare_wrapper_type(ty: &str) -> String {
    format!(
        "`{ty}` needs the type of its content\nhelp: use `-> {ty}<Json<Product>>`, or `-> {ty}<()>` without a body"
    )
}

pub(crate) fn bare_json_type(ty: &str) -> String {
    format!("`{ty}` needs the type of its content\nhelp: use `-> {ty}<Product>`")
}

pub(crate) fn no_content_with_body(ty: &str) -> String {
    format!(
        "a 204 has no body, found `{ty}`\nhelp: use `-> NoContent`, or `-> Json<Product>` with a body"
    )
}

pub(crate) fn sent_with_reply_type(response: &str, ty: &str) -> String {
    format!(
        "this route declares the type of its reply, so the expression must not send `{response}`\nhelp: use a value of type `{ty}` after `=>`, or remove `-> {ty}`"
    )
}

pub(crate) fn json_macro_with_reply_type(ty: &str) -> String {
    format!(
        "`json!` evaluates to a `JsonText`, not `{ty}`\nhelp: use `Json(value)`, or `-> JsonText`"
    )
}
