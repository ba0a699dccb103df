use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!(POST "/a" => res.status(201).json(json!({ "ok": true })));
    route!("/b" => res.status(404).send("none"));
    route!("/c" => res.header("x-a", "1").html("<p>c</p>"));
    route!("/d" => res.json(404, &"none"));
    route!("/e" => res.redirect(301, "/a"));
}

fn main() {}
