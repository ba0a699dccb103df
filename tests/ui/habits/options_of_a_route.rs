use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a", methods = ["GET", "POST"] => "a");
    route!("/b/{name}", rank = 2 => format!("{name}"));
    route!(POST "/c", format = "json" => "c");
    route!("/d", name = "d" => "d");
    route!("/e", cache = true => "e");
    route!(method: POST, url: "/f" => "f");
    route!(url: "/g", method: [GET, HEAD] => "g");
}

fn main() {}
