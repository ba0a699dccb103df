use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    req.user = "ada";
    req.started = std::time::Instant::now();
    req.state.db = 7;
    req["tenant"] = "cups";
    res.locals.title = "shop";
    res.total = 7;
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
