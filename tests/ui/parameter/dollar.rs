use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/$id" => "one user");
    route!("/posts/${id}" => id.to_owned());
    route!("/orders/%s" => "an order");
    route!("/odata/$metadata" => "text");
}

fn main() {
    let _ = shop;
}
