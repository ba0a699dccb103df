use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let host = req.headers.host;
    let agent = req.headers.user_agent;
    route!("/a" => {
        let page: u32 = req.url.query("page", 1)?;
        format!("{page}")
    });
    route!("/b" => {
        let page: u32 = req.url.query()?;
        format!("{page}")
    });
    route!("/c" => req.url.query.page);
    route!("/d" => req.url.searchParams.get("page"));
    route!("/e" => req.originalUrl.to_string());
    route!(POST "/f" => {
        let mut body = req.body;
        while let Some(chunk) = body.next().await {
            println!("{}", chunk.len());
        }
        "f"
    });
    res.locals.user = host;
}

fn main() {}
