use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{rest..}/edit" => rest);
}

fn main() {}
