use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (data: Vec<u8>) => data);
    route!(POST "/users" (names: Vec<String>) => names.concat());
}

fn main() {}
