use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(GET & POST "/x" => "a");
    route!(GET / POST "/y" => "b");
    route!(GET + POST "/z" => "c");
    route!(GET || POST "/w" => "d");
    route!(GET POST "/v" => "e");
}

fn main() {}
