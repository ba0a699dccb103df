use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/:from-:to" => format!("{from} {to}"));
    route!("/b/:name.:ending" => format!("{name} {ending}"));
    route!("/c/*:name" => format!("{name}"));
}

fn main() {}
