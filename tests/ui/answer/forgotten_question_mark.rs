use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{id}" => id.parse::<u32>());
    route!("/file" => std::fs::read("file"));
}

fn main() {}
