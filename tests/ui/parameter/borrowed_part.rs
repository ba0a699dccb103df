use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{name}" => name.trim());
    route!("/a/{name}" => (StatusCode::OK, &name[1..]));
    route!("/b/{name}" => if name == "b" { name } else { "other" });
    route!("/c/{name}" => name.strip_prefix("c"));
    route!("/d/{name}" => {
        let size = name.len();
        match size {
            1 => "one",
            _ => name,
        }
    });
    route!("/e/{rest..}" => Html(rest.trim_end()));
    route!("/f/{rest..}" => Some(rest.as_str()));
}

fn main() {}
