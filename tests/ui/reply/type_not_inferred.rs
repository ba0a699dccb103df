use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => Ok("a"));
    route!("/b" => Err("b"));
    route!("/c" => None);
    route!("/d" => {
        let sent = res.send("d");
        Ok(sent)
    });
}

fn main() {}
