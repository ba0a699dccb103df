use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{sort: Srot}" => format!("{sort:?}"));
}

fn main() {}
