use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (Json<Vec<u8>>) => "made");
    route!(POST "/users" (String) => "made");
}

fn main() {}
