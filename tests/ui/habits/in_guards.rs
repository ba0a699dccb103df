use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/a" if req.params.id => "a");
    route!("/b" if req.accepts("html") => "b");
    route!("/c" if req.isAuthenticated() => "c");
    route!("/d" if ctx.user.is_admin() => "d");
}

fn main() {}
