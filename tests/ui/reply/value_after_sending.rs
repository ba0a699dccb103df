use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => {
        res.end();
        "hello"
    });
}

fn main() {
    let _ = shop;
}
