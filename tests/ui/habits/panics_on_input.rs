#![deny(deprecated)]

use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    if req.headers["x-key"] == "secret" {
        println!("secret");
    }
    route!("/page" => format!("{}", req.url.query::<u32>("page").unwrap()));
    route!("/agent" => req.headers.get("user-agent").unwrap().len().to_string());
    route!(POST "/" => req.body.json::<String>().await.expect("a name"));
}

fn main() {}
