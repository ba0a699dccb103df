use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(DELETE "/products" -> NoContent<()> => NoContent);
}

fn main() {}
