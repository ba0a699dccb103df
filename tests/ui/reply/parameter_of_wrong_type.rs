use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{id}" => find(id));
}

fn find(id: u32) -> String {
    id.to_string()
}

fn main() {}
