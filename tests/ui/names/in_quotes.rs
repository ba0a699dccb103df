use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" as "products" => "a");
    route!("/items" as => "b");
    route!("/pages" as all pages => "c");
    route!("/numbers" as 7 => "d");
}

fn main() {}
