use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" as routes -> String => "all".to_owned());
}

fn main() {}
