use onward::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct NewProduct {
    name: String,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => req.header("host"));
    route!("/b" => req.param("id"));
    route!("/c" => req.query::<u32>("page")?.to_string());
    route!(POST "/d" => {
        let new: NewProduct = req.json().await?;
        new.name
    });
    route!("/e" => format!("{:?}", req.get("host")));
    route!("/f" => req.path().to_owned());
}

fn main() {}
