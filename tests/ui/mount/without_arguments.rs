use onward::prelude::*;

#[server]
async fn api(req: Request, res: Response) -> Result {
    route!("/" => "api");
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/api" => api());
}

fn main() {}
