use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
}

#[server]
async fn with_state(req: Request, res: Response, name: String) -> Result {
    route!("/" => name);
}

async fn test() -> Result<()> {
    let sent = shop.oneshot(Request::get("/")).await?;
    let _: () = with_state.oneshot(Request::get("/"));
    println!("{}", sent.text());
    Ok(())
}

fn main() {
    shop.listen(3000);
    shop.layer(test);
    shop.nest("/other", with_state);
}
