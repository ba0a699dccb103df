use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => res.json(7));
    route!("/b" => res.redirect("/"));
    route!("/c" => {
        res.cookie("a", "1");
        "b"
    });
    route!("/d" => {
        res.status(404);
        "no such page"
    });
}

fn main() {
    let _server = onward::http::create_server(|_req, res| async move {
        res.set("x-a", "1");
        res.send("hello");
    });
}
