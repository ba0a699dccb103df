use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    router!("/x" => "a");
    routes! { "/y" => "b" };
    get!("/z" => "c");
    route!("/" => "d");
}

fn main() {}
