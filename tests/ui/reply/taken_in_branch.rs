use onward::prelude::*;

fn error(res: Response, text: &'static str) -> Sent {
    res.send((StatusCode::BAD_REQUEST, text))
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/call/{name}" => {
        if name.is_empty() {
            error(res, "empty");
        }
        "saved"
    });
    route!("/send/{name}" => {
        match name {
            "cup" => {
                res.send("a cup");
            }
            _ => {}
        }
        format!("{name}")
    });
}

fn main() {
    let _ = shop;
}
