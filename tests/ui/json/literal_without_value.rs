use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => json!({ "a": }));
    route!("/b" => json!({ "a" "b" }));
    route!("/c" => json![1, 2,,]);
}

fn main() {}
