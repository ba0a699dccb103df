use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => {
        res.send("a");
        res.send("b")
    });
}

fn main() {}
