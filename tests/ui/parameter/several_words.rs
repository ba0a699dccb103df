use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{id as u32}" => id.to_string());
    route!("/b/{id -> u32}" => id.to_string());
    route!("/c/{id u32}" => id.to_string());
    route!("/d/{u32 id}" => id.to_string());
    route!("/e/{u32: id}" => id.to_string());
    route!("/f/{mut id: u32}" => id.to_string());
    route!("/g/{id = 7}" => id.to_owned());
}

fn main() {}
