use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?" => "all");
    route!("/users?{page: u32}&" => page.to_string());
}

fn main() {}
