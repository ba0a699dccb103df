use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/status" => {
        res.write("text");
        res.status_code = StatusCode::BAD_REQUEST;
        res.end()
    });
    route!("/in-a-branch" => {
        res.write("text").await?;
        if req.url.query_string().is_some() {
            res.set_header("x-shop", "cups");
        }
        res.end()
    });
    route!("/flushed" => {
        res.flush_headers();
        res.append_header("vary", "accept");
        res.end()
    });
    route!("/head" => {
        res.write_head(StatusCode::OK, [("x-shop", "cups")]);
        res.remove_header("x-shop");
        res.end()
    });
    route!("/reply" => {
        res.write("text");
        (StatusCode::NOT_FOUND, "no such page")
    });
}

fn main() {
    let _ = shop;
}
