use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/admin" => named(req, res).await);
}

#[server(urls = Urls)]
async fn named(req: Request, res: Response) -> Result {
    route!("/" => "named");
}

fn main() {}
