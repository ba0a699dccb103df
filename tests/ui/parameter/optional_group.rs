use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users(.:format)" => "a");
    route!("/posts(/:id)" => "b");
}

fn main() {}
