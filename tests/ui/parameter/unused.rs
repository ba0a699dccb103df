use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id: u32}" => "a");
    route!("/users/{user_id}" => format!("user {}", 7));
    route!("/files/{rest..}" => "b");
}

fn main() {}
