use onward::prelude::*;

struct Sort;

impl Sort {
    fn name(&self) -> &'static str {
        "name"
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{sort: Sort}" => sort.name());
}

fn main() {}
