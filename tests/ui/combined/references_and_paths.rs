use onward::prelude::*;

#[server]
async fn shop(req: &Request, res: &mut Response, db: Vec<u8>) -> Result {
    let x = req.url.path().len();
    route!("/a//b" => { res.set_header("x", "y"); db.len().to_string() });
    route!("/a?b=1" => { let y = x + 1; y.to_string() });
    route!(GTE "/c" => db[0].to_string());
    route!("/d" => Ok("x"));
}

fn main() {}
