use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, users: Vec<u32>) -> Result {
    route!("/json" => Response::json(&users));
    route!("/created" => Response::json(users, 201));
    route!("/text" => Response::text("hello"));
    route!("/html" => Response::html("<p>hello</p>"));
    route!("/redirect" => Response::redirect("/"));
    route!("/error" => Response::error("no such page", 404));
    route!("/ok" => Response::ok());
    route!("/not-found" => Response::not_found("no such page"));
}

fn main() {
    let _ = shop;
}
