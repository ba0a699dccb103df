use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    req.on("data", |chunk| println!("{chunk:?}"));
    req.once("readable", || println!("readable"));
    res.on("finish", || println!("sent"));
    res.emit("end");
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
