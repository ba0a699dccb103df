use onward::prelude::*;

const ID: u32 = 7;
const NAME: &str = "all";
static FILE: &str = "index";
struct Db;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{ID: u32}" as product => ID.to_string());
    route!("/users/{NAME}" => NAME.to_owned());
    route!("/files/{FILE..}" => FILE.len().to_string());
    route!("/databases/{Db}" => Db.to_owned());
}

fn main() {}
