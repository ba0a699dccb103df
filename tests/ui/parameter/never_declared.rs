use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{user_id}" => format!("{user_id} {id}"));
}

fn main() {}
