use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(GET | "/x" => "a");
    route!(| POST "/y" => "b");
}

fn main() {}
