use onward::prelude::*;

fn log(method: Method) {
    println!("{method}");
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    log(req.method);
    route!("/" => "home");
}

#[server]
async fn api(req: Request, res: Response) -> Result {
    let url = req.url;
    route!("/" => format!("{url}"));
}

#[server]
async fn spawned(req: Request, res: Response) -> Result {
    tokio::spawn(async move { println!("{}", req.url) });
    route!("/" => "home");
}

#[server]
async fn captured(req: Request, res: Response) -> Result {
    let accepts = move || req.accepts(&["text/html"]);
    route!("/" if accepts().is_some() => "home");
}

fn main() {
    let _ = (shop, api, spawned, captured);
}
