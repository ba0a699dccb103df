use onward::prelude::*;

#[server(trailing_slash = ignore)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/files/{rest..}" => rest.to_string());
    route!("/files" => "a");
}

fn main() {}
