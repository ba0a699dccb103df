use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!(POST "/a" => req.body["name"].to_string());
    route!(POST "/b" => req.body.await);
    route!(POST "/c" => {
        for chunk in req.body {
            println!("{chunk:?}");
        }
        "c"
    });
    route!(POST "/d" => serde_json::from_str::<u32>(&req.body)?.to_string());
}

fn main() {}
