use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{id:?}" => format!("{id:?}"));
    route!("/b/#{id}" => id.to_owned());
    route!("/c/{&id}" => id.to_owned());
}

fn main() {}
