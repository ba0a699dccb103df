use onward::prelude::*;

#[server]
async fn api(req: Request, res: Response) -> Result {
    route!("/users" => "users");
}

async fn authenticate(req: Request, res: Response) -> Result<String> {
    Ok(req.url.to_string())
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    authenticate(req, res).await?;
    route!("/" => "home");
}

#[server]
async fn between(req: Request, res: Response) -> Result {
    route!("/" => "home");
    api(req, res).await;
    route!("/about" => "about");
}

#[server]
async fn middleware(req: Request, res: Response) -> Result {
    onward::cors(req, res, "*");
    route!("/" => "home");
}

fn main() {
    let _ = (shop, between, middleware);
}
