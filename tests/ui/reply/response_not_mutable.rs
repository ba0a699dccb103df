use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => {
        res.set_header("x", "y");
        "a"
    });
}

fn main() {}
