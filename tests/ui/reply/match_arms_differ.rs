use onward::prelude::*;

fn find(id: u32) -> Option<String> {
    (id == 7).then(|| "seven".to_owned())
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{id: u32}" => match find(id) {
        Some(name) => Json(name),
        None => (StatusCode::NOT_FOUND, "no such user"),
    });
    route!("/b/{id: u32}" => {
        if let Some(name) = find(id) {
            Html(name)
        } else {
            json!({ "error": "no such user" })
        }
    });
}

fn main() {}
