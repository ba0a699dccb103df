use onward::prelude::*;

#[derive(serde::Serialize)]
struct User {
    name: String,
}

fn find() -> Option<User> {
    None
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/block" => {
        let user = User { name: "ada".into() };
        user
    });
    route!("/match" => match find() {
        Some(user) => user,
        None => return Err(Error::not_found()),
    });
    route!("/if" => {
        if req.url.query_string().is_some() {
            find()
        } else {
            None
        }
    });
    route!(_ => {
        println!("{}", req.url);
        vec![String::new()]
    });
}

fn main() {
    let _ = shop;
}
