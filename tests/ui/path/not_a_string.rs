use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(b"/bytes" => "a");
    route!('/' => "b");
    route!(7 => "c");
    route!(c"/c" => "d");
}

fn main() {}
