use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => {
        let sent = res.send("a");
        res.set_header("x", "y");
        sent
    });
}

fn main() {}
