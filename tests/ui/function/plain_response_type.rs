use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Response {
    route!("/" => "a");
}

fn main() {}
