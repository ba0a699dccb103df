use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> String -> Json<u32> => "all".to_owned());
}

fn main() {}
