use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> String as products => "all".to_owned());
}

fn main() {}
