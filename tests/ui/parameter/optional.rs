use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id?}" => "a");
    route!("/items/:id?" => "b");
    route!("/pages/{id}?" => "c");
}

fn main() {}
