use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: int}" => page.to_string());
    route!("/users?{name: string}" => name);
}

fn main() {}
