use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.set_header("x-a", "1")?;
    route!("/a" => res.send("a").await);
    route!("/b" => res.send(404, "none"));
    route!("/c" => res.set_header("x-a: 1"));
    if req.method == Method::PUT {
        return Ok("none");
    }
    if req.method == Method::PATCH {
        return Json(7);
    }
    return Ok(res);
}

fn main() {}
