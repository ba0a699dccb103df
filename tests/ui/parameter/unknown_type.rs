use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: UserId}" => format!("{id}"));
    route!("/items/{id: ItemId}" as item => format!("{id}"));
}

pub fn url() -> String {
    shop::item(7)
}

fn main() {}
