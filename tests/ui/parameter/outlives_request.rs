use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/log/{name}" => {
        tokio::spawn(async move { println!("{name}") });
        "logged"
    });
    route!("/thread/{rest..}" => {
        std::thread::spawn(move || println!("{}", rest));
        "started"
    });
    route!("/write/{name}" => {
        res.write(name).await?;
        res.end()
    });
    route!("/send/{name}" => res.send(name.trim()));
    route!("/html/{name}" => { res.status_code = StatusCode::CREATED; res.send(Html(name)) });
    route!("/owned/{name}" => {
        let name = name.to_owned();
        tokio::spawn(async move { println!("{name}") });
        "logged"
    });
}

fn main() {
    let _ = shop;
}
