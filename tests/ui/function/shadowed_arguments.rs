use onward::prelude::*;

async fn fetch() -> Result<String> {
    Ok(String::new())
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let res = fetch().await?;
    route!("/" => "home");
    route!("/length" => res.len().to_string());
}

#[server]
async fn ids(req: Request, res: Response) -> Result {
    let req: Vec<u32> = req.body.json().await?;
    route!(POST "/" => req.len().to_string());
}

fn main() {
    let _ = (shop, ids);
}
