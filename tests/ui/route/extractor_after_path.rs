use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users", State(db) => "users");
    route!("/user", Path(id) => "user");
    route!("/list", Query(paging) => "list");
    route!(POST "/users", Json(user) => "user");
}

fn main() {}
