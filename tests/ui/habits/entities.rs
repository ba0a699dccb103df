use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, users: Vec<u32>) -> Result {
    route!("/ok" => ResponseEntity::ok(users));
    route!("/text" => ResponseEntity::ok("hello"));
    route!("/new" => ResponseEntity::new(users, 201));
    route!("/none" => ResponseEntity::notFound());
    route!("/status" => ResponseEntity::status(409));
    route!("/body" => Body::from_json(&users)?);
    route!("/empty" => Body::empty());
    route!("/file" => Body::from_file("a.txt").await?);
}

fn main() {
    let _ = shop;
}
