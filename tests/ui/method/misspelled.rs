use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(DELET "/x" => "a");
    route!(PSOT "/x" => "b");
}

fn main() {}
