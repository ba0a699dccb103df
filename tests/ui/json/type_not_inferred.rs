use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => {
        let _page = req.url.query("page")?;
        "a"
    });
    route!(POST "/b" => {
        let _new = req.body.json().await?;
        "b"
    });
}

fn main() {}
