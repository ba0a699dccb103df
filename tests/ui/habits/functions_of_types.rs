use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => Json(["ada"]).into_response());
    route!("/b" => Response::builder().status(404).body("no such page"));
    route!("/c" => {
        let name = req.url.search_params().get("name");
        "c"
    });
}

fn main() {}
