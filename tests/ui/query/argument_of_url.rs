use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32 = 1}" as products => page.to_string());
}

fn main() {
    let _url = shop::products("two");
}
