use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => Redirect::permanent("/b"));
    route!("/b" => reply::json(&["ada"]));
    route!("/c" => "7".parse::<u32>().map_err(|_| HttpResponse::InternalServerError())?.to_string());
    route!("/d" => {
        if req.headers.contains_key("x-a") {
            return Err(reject::not_found());
        }
        "d"
    });
    route!("/e" => NamedFile::open("index.html"));
    route!("/f" => Status::new(404));
}

fn main() {}
