use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/things/{type}" => "a");
    route!("/selves/{self}" => "b");
}

fn main() {}
