use onward::prelude::*;

#[servr]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id}" => id.to_owned());
}

fn main() {}
