use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/path" => {
        let path = req.url.path();
        tokio::spawn(async move { println!("{path}") });
        "path"
    });
    route!("/header" => {
        let key = req.headers.get("x-key");
        tokio::spawn(async move { println!("{key:?}") });
        "header"
    });
    route!("/text" => {
        let agent = req.headers.get("user-agent").and_then(|it| it.to_str().ok());
        std::thread::spawn(move || println!("{agent:?}"));
        "text"
    });
}

fn main() {}
