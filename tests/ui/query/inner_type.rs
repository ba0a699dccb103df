use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Page(u32);
    route!("/products?{page: Page}" as products => page.0.to_string());
}

fn main() {}
