use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/a/{id: u32}" => { let user = req.param("id"); format!("{user} {id}") });
    route!("/b" => { let tags = req.queries("tag"); "b" });
    route!("/c" => req.query_param("page").unwrap_or(1));
    route!("/d" => req.headers.header("host"));
}

fn main() {}
