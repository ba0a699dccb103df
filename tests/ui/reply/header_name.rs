use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => {
        res.set_header("content type", "text/plain");
        res.set_header("contnet-type", "text/plain");
        res.append_header("", "x");
        res.write_head(StatusCode::OK, [("access control", "*"), ("acces-control-allow-origin", "*")]);
        "a"
    });
}

fn main() {}
