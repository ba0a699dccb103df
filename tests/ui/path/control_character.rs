use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a\0b" => "a");
    route!("/a\nb" => "b");
}

fn main() {}
