use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/a" => res.send(404));
    route!("/b" => res.send((404, "no such page")));
    route!("/c" => {
        res.write_head(200, [("content-type", "text/html")]);
        res.end()
    });
    route!(404 => "no such page");
}

fn main() {}
