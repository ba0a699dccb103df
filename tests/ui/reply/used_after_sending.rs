use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/header" => {
        res.send("sent");
        res.set_header("x-shop", "cups");
    });
    route!("/status" => {
        res.end();
        res.status_code = StatusCode::CREATED;
        "made"
    });
    route!("/twice" => {
        res.send("once");
        res.send("again")
    });
    route!("/variable" => {
        let sent = res.send("sent");
        res.write("more");
        sent
    });
}

fn main() {
    let _ = shop;
}
