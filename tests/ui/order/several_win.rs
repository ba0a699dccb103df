use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a");
    route!(POST "/x" => "b");
    route!(GET | POST "/x" => "c");
}

fn main() {}
