use onward::prelude::*;

#[server]
fn shop(req: Request, res: Response) -> impl Future<Output = Result> {
    route!("/" => "a");
}

fn main() {}
