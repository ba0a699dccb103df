use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => {
        if req.headers.is_empty() {
            return "a";
        }
        "b"
    });
}

fn main() {}
