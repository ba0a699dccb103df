use onward::prelude::*;

#[server]
async fn app(req: Request, res: Response) -> Result {
    app.get("/users", |req, res| async { "users" });
}

fn main() {}
