use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => {
        write!(res, "hello {}", 7).unwrap();
        res.end()
    });
}

fn main() {}
