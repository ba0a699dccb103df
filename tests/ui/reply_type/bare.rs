use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> Vec<String> => vec![]);
    route!("/count" -> u32 => 7);
}

fn main() {}
