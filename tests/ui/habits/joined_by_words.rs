use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" and PUT => "a");
    route!("/b" or "/c" => "b");
    route!(GET or POST "/d" => "d");
    route!(!GET "/e" => "e");
    route!("f" / u32 / "g" => "f");
    route!(scope "/h" => shop(req, res).await);
}

fn main() {}
