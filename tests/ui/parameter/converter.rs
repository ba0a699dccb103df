use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id:int}" => id);
    route!("/names/{name: &str}" => name);
    route!("/files/{tail:.*}" => tail);
}

fn main() {}
