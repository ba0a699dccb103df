use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/braces/{name}" => "hello {name}");
    route!("/dollar/{name}" => (StatusCode::OK, "hello ${name}"));
}

fn main() {
    let _ = shop;
}
