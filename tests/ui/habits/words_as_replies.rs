use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, name: Option<String>) -> Result {
    route!("/new" => new User("ada"));
    route!("/function" => function() { return "hello"; });
    route!("/arrow" => async () => "hello");
    route!("/lambda" => () -> "hello");
    route!("/or" => name || "hello");
    route!("GET, POST" "/methods" => "hello");
}

#[server]
async fn context(req: Request, res: Response) -> Result {
    route!("/text" => c.text("made", 201));
    route!("/json" => c.json(json!({ "error": "none" }), 404));
}

fn main() {
    let _ = (shop, context);
}
