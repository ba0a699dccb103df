use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" => "a");
    route!(POST "/products" => "b");
    route!(GET "/products" => "c");
}

fn main() {}
