use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    if req.url.query_string().is_none() {
        abort(401);
    }
    route!("/a" => redirect("/b"));
    route!("/b" as item => "b");
    route!("/c" => {
        res.set_header("location", url_for("item"));
        StatusCode::FOUND
    });
    route!("/d/{name}" => render_template("page.html", name));
    route!("/e" => jsonify(["ada", "grace"]));
    route!("/f" => with_status("no such page", StatusCode::NOT_FOUND));
    route!("/g" => RawHtml("<h1>hello</h1>"));
    route!("/h" => match "7".parse::<u32>() {
        Ok(number) => format!("{number}"),
        Err(error) => return next(error),
    });
    route!("/i" => return Err(ErrorBadRequest("no")));
    route!("/j" => get(list));
}

async fn list() -> &'static str {
    "list"
}

fn main() {}
