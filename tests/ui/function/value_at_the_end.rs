use onward::prelude::*;

#[server]
async fn unit(req: Request, res: Response) -> Result {
    route!("/" => "home");
    Ok(())
}

#[server]
async fn response(req: Request, res: Response) -> Result {
    route!("/" => "home");
    Ok(res)
}

#[server]
async fn status(req: Request, res: Response) -> Result {
    route!("/" => "home");
    StatusCode::NOT_FOUND
}

#[server]
async fn pair(req: Request, res: Response) -> Result {
    route!("/" => "home");
    Ok((StatusCode::NOT_FOUND, "no such page"))
}

fn main() {
    let _ = (unit, response, status, pair);
}
