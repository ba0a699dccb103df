use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.type("text/html");
    route!("/a" => {
        if req.url == "/x" { throw new Error(404) }
        "a"
    });
    route!("/b/{id}" => {
        let { id } = req.params;
        id
    });
    route!("/c" => {
        const { page, size } = parse(req.url);
        page
    });
}

fn main() {}
