use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/moved" => onward::redirect("/", 301));
    route!("/found" => onward::redirect(StatusCode::FOUND, "/"));
}

fn main() {
    let _ = shop;
}
