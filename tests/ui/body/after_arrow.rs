use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/echo" => (text: String) text);
    route!(POST "/block" => (Json(name): Json<String>) { name });
}

fn main() {
    let _ = shop;
}
