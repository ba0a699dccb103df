use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(/products => "a");
    route!(/products/{id} => "b");
}

fn main() {}
