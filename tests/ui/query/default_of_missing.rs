use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: Option<u32> = None}" => format!("{page:?}"));
    route!("/users?{page: Option<u32> = Some(1)}" => format!("{page:?}"));
}

fn main() {}
