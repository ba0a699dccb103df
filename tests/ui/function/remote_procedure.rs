use onward::prelude::*;

struct ServerFnError;

#[server(GetUser, "/api")]
pub async fn get_user(id: u32) -> std::result::Result<String, ServerFnError> {
    Ok(format!("user {id}"))
}

fn main() {}
