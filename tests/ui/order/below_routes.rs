use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => "home");
    onward::cors(&req, &mut res, "https://shop.example");
    onward::security_headers(&mut res);
    onward::csrf(&req)?;
}

fn main() {
    let _ = shop;
}
