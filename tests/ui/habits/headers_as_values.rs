use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let host: &str = req.headers.get("host").unwrap();
    let agent: String = req.headers.get("user-agent").expect("an agent");
    let token = req.headers.get("x-token")?;
    println!("{host} {agent} {token:?}");
    res["x-shop"] = "cups";
    println!("{}", req["host"]);
    route!("/" => {
        res["content-type"] = "text/plain";
        "text"
    });
}

fn main() {
    let _ = shop;
}
