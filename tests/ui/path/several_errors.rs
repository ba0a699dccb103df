use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/:a/{b-c}/<d>" => "a");
}

fn main() {}
