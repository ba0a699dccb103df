use onward::prelude::*;

async fn save() {}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.on(event::Finish, |_| { save().await; });
    res.before_head(|head| { save().await; head });
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
