use onward::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct New {
    name: String,
}
#[server]
async fn shop<T: Clone>(req: Request, res: Response, t: T) -> Result<String> {
    route!(POST | GET | "/a" => { let new: New = req.body.json().await?; new.name });
    route!("/b/{id: T}" => id);
    route!("/c" as Name => "x");
    route!(GET | GET "/d" => "x");
    route!("/e" => { return Ok(res.send("x")) } "y");
    helper(&t);
}
fn helper<T>(_: &T) {}

fn main() {}
