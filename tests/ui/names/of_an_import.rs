use onward::prelude::*;

mod model {
    pub struct Users;
    pub mod users {}
}

use model::users;

#[server]
async fn users(req: Request, res: Response) -> Result {
    route!("/" as home => "home");
    route!("/{name}" => name.to_owned());
}

fn main() {}
