use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products/{id: u32}" (id: String) => id);
}

fn main() {}
