use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/new" => Response::new());
    route!("/block" => {
        println!("a request");
        Response::new()
    });
}

fn main() {}
