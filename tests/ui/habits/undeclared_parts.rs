use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let _ = next.run(&req).await;
    route!("/params" => format!("{}", params.id));
    route!("/query" => format!("{}", query.page));
    route!(POST "/body" => body.name);
    route!("/headers" => headers.get("host"));
    route!("/user" => user.name);
    route!("/db" => db.list().await?);
    route!("/state" => state.db.list().await?);
    route!("/files" => files.avatar);
    route.group("/api", || {});
}

fn main() {
    let _ = shop;
}
