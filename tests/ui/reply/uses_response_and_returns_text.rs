use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => {
        res.end();
        "a"
    });
}

fn main() {}
