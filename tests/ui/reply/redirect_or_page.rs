use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{id: u32}" => if id == 0 { onward::redirect("/") } else { Html("page") });
    route!("/old" => match req.url.query_string() {
        Some(_) => "query",
        None => onward::redirect("/new"),
    });
}

fn main() {}
