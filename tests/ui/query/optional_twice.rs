use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: Option<Option<u32>>}" => format!("{page:?}"));
}

fn main() {}
