use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id}" as product => id.to_owned());
    route!("/items/{id}" as product => id.to_owned());
}

pub fn url() -> String {
    shop::product(7)
}

fn main() {}
