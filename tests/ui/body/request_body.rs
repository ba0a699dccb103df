use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (name: String) => save(name, req.body).await);
}

async fn save(name: String, _: onward::http::Body) -> String {
    name
}

fn main() {}
