use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "hello");
    route!("/list" => json!["shoes", "cups"]); // needs serde
    route!("/one" => Json("shoes")); // needs serde
    route!("/pages?{page: u32 = 1}" => page.to_string()); // needs serde
    route!(POST "/json" (Json(name): Json<String>) => name); // needs serde
    route!(POST "/form" (Form(name): Form<String>) => name); // needs serde
    route!(POST "/text" (text: String) => text);
}

async fn read(req: Request) -> Result<(u32, u32)> {
    let page = req.url.query("page")?; // needs serde
    let count = req.body.json().await?; // needs serde
    Ok((page, count))
}

fn main() {
    let _ = (onward::http::create_server(shop), read);
}
