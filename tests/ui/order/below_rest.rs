use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/files/{rest..}" => rest.to_string());
    route!("/files/readme" => "a");
}

fn main() {}
