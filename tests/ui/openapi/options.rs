use onward::prelude::*;

#[server(openapi = loose)]
async fn loose(req: Request, res: Response) -> Result {
    route!("/" => "hello");
}

#[server(security)]
async fn without_scheme(req: Request, res: Response) -> Result {
    route!("/" => "hello");
}

#[server(security = "bearer")]
async fn text_as_scheme(req: Request, res: Response) -> Result {
    route!("/" => "hello");
}

fn main() {}
