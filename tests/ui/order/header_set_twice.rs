use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/login" => {
        res.set_header("set-cookie", "user=ada");
        res.set_header("Set-Cookie", "theme=dark");
        "welcome"
    });
    route!("/chain" => {
        res.set_header("vary", "accept").set_header("vary", "accept-language");
        "welcome"
    });
}

fn main() {
    let _ = shop;
}
