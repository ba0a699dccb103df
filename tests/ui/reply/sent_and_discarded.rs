use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/semicolon" => { res.write("text"); res.end(); });
    route!("/unit" => { res.send("text"); Ok(()) });
}

fn main() {
    let _ = shop;
}
