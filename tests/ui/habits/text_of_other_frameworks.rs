#![deny(deprecated)]

use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/old" => "redirect:/new");
    route!("/file" => "views/index.html");
    route!("/html" => if req.url.query_string().is_some() { "<h1>Query</h1>" } else { "text" });
    route!("/json/{id: u32}" => format!("{{\"id\": {id}}}"));
    route!("/sent" => res.send("Unauthorized"));
    route!(_ => "404 Not Found");
}

fn main() {
    let _ = shop;
}
