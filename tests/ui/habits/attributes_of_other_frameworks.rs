use onward::prelude::*;

#[get("/users/<id>")]
async fn user(id: u32) -> String {
    id.to_string()
}

#[post("/users")]
async fn add(new: web::Json<User>) -> impl Responder {
    new.name
}

#[catch(404)]
fn not_found() -> &'static str {
    "no such page"
}

#[server]
#[debug_handler]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: u32}" => user(id).await);
}

fn main() {}
