use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{all..: u32}" => all.to_string());
    route!("/users?{all..: Vec<String>}" => all.concat());
}

fn main() {}
