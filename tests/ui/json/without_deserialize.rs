use onward::prelude::*;

struct Product {
    id: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/" => {
        let product: Product = req.body.json().await?;
        product.id.to_string()
    });
}

fn main() {}
