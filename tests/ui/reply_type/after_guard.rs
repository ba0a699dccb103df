use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" if true -> String => "all".to_owned());
}

fn main() {}
