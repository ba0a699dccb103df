use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/url" => req.url);
    route!("/path" => req.url.path());
    route!("/method" => { req.method });
    route!("/headers" => req.headers);
    route!(POST "/body" => req.body);
    route!("/request" => req);
    route!("/response" => { res.write("text"); res });
    route!("/number/{id: u32}" => id);
    route!("/future" => async { "text" });
    route!("/reference" => &"text".to_uppercase());
}

fn main() {
    let _ = shop;
}
