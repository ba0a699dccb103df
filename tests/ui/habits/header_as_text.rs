use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let is_json = req.headers.get("content-type").contains("json");
    route!("/a" if is_json => "a");
    route!("/b" => req.headers.get("authorization").unwrap().split(" ").count().to_string());
}

fn main() {}
