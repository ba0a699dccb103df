use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    fn inner() {
        route!("/x" => "a");
    }
    inner();
    route!("/" => "b");
}

fn main() {}
