use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> Json<u32> => json!({ "id": 7 }));
}

fn main() {}
