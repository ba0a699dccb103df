use onward::prelude::*;

use std::borrow::Cow;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: &'static str}" => id);
    route!("/items/{id: Cow<'_, str>}" => id.to_string());
}

fn main() {}
