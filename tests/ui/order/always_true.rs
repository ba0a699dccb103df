use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" if true => "first");
    route!("/x" => "second");
}

fn main() {
    let _ = shop;
}
