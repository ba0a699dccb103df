use onward::prelude::*;

#[server]
async fn matched(req: Request, res: Response) -> Result {
    match req.url.path() {
        "/users" => Ok(res.send("users")),
        _ => Ok(res.send(StatusCode::NOT_FOUND)),
    }
}

#[server]
async fn compared(req: Request, res: Response) -> Result {
    if req.method == Method::GET && req.url.path() == "/users" {
        return Ok(res.send("users"));
    }
    Ok(res.send(StatusCode::NOT_FOUND))
}

fn main() {
    let _ = (matched, compared);
}
