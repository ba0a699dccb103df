use onward::prelude::*;

#[server]
async fn ternary(req: Request, res: Response) -> Result {
    route!("/" => req.url == "/" ? "home" : "other");
}

#[server]
async fn default(req: Request, res: Response) -> Result {
    let query = req.url.query_string() ?? "none";
    route!("/" => query.to_owned());
}

#[server]
async fn arrow(req: Request, res: Response) -> Result {
    let add = (x) => x + 1;
    let all: Vec<u32> = vec![1].into_iter().map(n => n + 1).collect();
    route!("/" => format!("{}", add(all.len())));
}

#[server]
async fn or(req: Request, res: Response) -> Result {
    let query = req.url.query_string() || "none";
    route!("/" => query.to_owned());
}

#[server]
async fn nothing(req: Request, res: Response) -> Result {
    let user = null;
    if req.headers.get("x-user") == undefined {
        println!("{user:?}");
    }
    route!("/" => "home");
}

fn main() {
    let _ = (ternary, default, arrow, or, nothing);
}
