use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => {
        let file = std::fs::File::open("index.html")?;
        file.pipe(res)
    });
}

fn main() {
    let _ = shop;
}
