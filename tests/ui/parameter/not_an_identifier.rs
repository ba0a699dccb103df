use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{user-id}" => user_id);
    route!("/items/{1st}" => "a");
}

fn main() {}
