use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(["/a", "/b"] => "a");
    route!("/c" | "/d" => "b");
    route!("/e", "/f" => "c");
}

fn main() {}
