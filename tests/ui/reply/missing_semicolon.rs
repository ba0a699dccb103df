use onward::prelude::*;

fn redirect(_: &str) -> StatusCode {
    StatusCode::FOUND
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/name" => {
        let name: String = req.body.json().await?
        let upper = name.to_uppercase();
        upper
    });
    route!("/login" => {
        println!("login")
        redirect("/")
    });
    route!("/nested" => {
        if req.url.query_string().is_some() {
            let sign = '?'
            println!("{sign}");
        }
        "nested"
    });
}

fn main() {
    let _ = shop;
}
