use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (Some(name): Option<String>) => name);
    route!(POST "/users" (Json([a, b]): Json<Vec<u8>>) => (a + b).to_string());
}

fn main() {}
