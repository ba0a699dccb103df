use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    app.attach(cors());
    route!("/" => "home");
}

#[server]
async fn without_routes(req: Request, res: Response) -> Result {
    app.get("/", list);
}

fn main() {
    let _ = (shop, without_routes);
}
