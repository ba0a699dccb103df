use rocket::{Build, Rocket, get, launch, routes};

#[get("/")]
fn hello() -> &'static str {
    "hello"
}

#[launch]
fn rocket() -> Rocket<Build> {
    rocket::build().mount("/", routes![hello])
}
