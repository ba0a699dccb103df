use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, users: Vec<u32>) -> Result {
    route!("/head" => head(204));
    route!("/options" => options(StatusCode::NO_CONTENT));
    route!("/ok" => ok(users));
    route!("/created" => created("made"));
    route!("/none" => no_content());
    route!("/status" => sendStatus(404));
}

fn main() {
    let _ = shop;
}
