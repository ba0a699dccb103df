use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => { hello: "world" });
    route!("/b" => res.send({ ok: true, "count": 2 }));
    route!("/c" => (req, res) => res.send("c"));
    route!("/d" => req => "d");
}

fn main() {}
