use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, db: u8) -> Result {
    route!("/backups/{db}" => db);
    route!("/requests/{req}" => req);
    route!("/replies/{res..}" => res);
}

fn main() {}
