use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/if" => {
        if req.url == "/if" { res.send("a"); } else { res.send("b"); }
    });
    route!("/match" => match req.url.query_string() {
        Some(_) => { res.send("a"); }
        None => { res.send("b"); }
    });
}

fn main() {
    let _ = shop;
}
