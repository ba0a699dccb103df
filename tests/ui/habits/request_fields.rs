use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/a/{_id}" => req.params.id);
    route!("/b" => format!("{}", req.query.page));
    route!(POST "/c" => format!("hello {}", req.body.name));
    route!("/d" => json!({ "ip": req.ip }));
    route!("/e" => {
        let user = req.user;
        user.name
    });
    res.status = 404;
}

fn main() {}
