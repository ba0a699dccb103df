use onward::prelude::*;

#[server(openapi = strict)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "hello");
    #[doc(hidden)]
    route!("/hidden" => "hello");
}

fn main() {}
