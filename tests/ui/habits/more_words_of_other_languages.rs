use onward::prelude::*;

#[server]
async fn formatted(req: Request, res: Response) -> Result {
    let name = "ada";
    route!("/" => f"hello {name}");
}

#[server]
async fn branches(req: Request, res: Response) -> Result {
    if req.url == "/a" { println!("a"); } elif req.url == "/b" { println!("b"); }
    route!("/" => "home");
}

#[server]
async fn tested(req: Request, res: Response) -> Result {
    if req.url.query_string() is None { println!("no query"); }
    route!("/" => "home");
}

#[server]
async fn printed(req: Request, res: Response) -> Result {
    print "hello";
    route!("/" => "home");
}

#[server]
async fn constant(req: Request, res: Response) -> Result {
    const user = "ada";
    route!("/" => user);
}

fn main() {
    let _ = (formatted, branches, tested, printed, constant);
}
