use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/:id" => id);
    route!("/files/:rest*" => rest);
}

fn main() {}
