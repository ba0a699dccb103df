use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!(POST "/a" => req.parseBody().await?);
    route!("/b" => res.notFound());
    route!("/c" => res.sendStatus(404));
    route!("/d" => { res.setHeader("x-a", "1"); "d" });
    route!("/e" => req.getQuery("page"));
    route!("/f" => format!("{}", req.userAgent()));
}

fn main() {}
