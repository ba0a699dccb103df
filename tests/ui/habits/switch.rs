use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    switch (req.url) { }
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
