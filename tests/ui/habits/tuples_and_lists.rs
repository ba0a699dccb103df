use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/status-last" => ("made", StatusCode::CREATED));
    route!("/json" => (Json("made"), 201));
    route!("/three" => (StatusCode::OK, "a", "b"));
    route!("/two" => ("a", "b"));
    route!("/headers" => {
        let headers = req.headers.clone();
        (headers, "text")
    });
    route!("/list" => ["a", "b"]);
    route!("/vec" => vec!["a", "b"]);
    route!("/char" => 'a');
    route!("/number" => 42);
    route!("/into" => "text".into());
    route!("/sent" => res.send(("made", StatusCode::CREATED)));
    route!("/new" => Response::new("text"));
    route!("/built" => HttpResponse::NotFound().json("none"));
}

fn main() {
    let _ = shop;
}
