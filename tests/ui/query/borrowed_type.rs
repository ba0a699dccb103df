use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{search: &str}" => search.to_owned());
    route!("/users?{search: Option<&str>}" => format!("{search:?}"));
}

fn main() {}
