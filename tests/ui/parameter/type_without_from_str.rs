use onward::prelude::*;

struct UserId(u32);

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: UserId}" => format!("{}", id.0));
    route!("/lists/{list: Vec<u8>}" => list);
}

fn main() {}
