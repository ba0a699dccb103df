use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{Id}" => Id);
    route!("/items/{ID: u32}" => ID.to_string());
    route!("/names/{userName}" => userName);
}

fn main() {}
