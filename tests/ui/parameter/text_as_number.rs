use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/page/{number}" if number > 0 => format!("page {number}"));
    route!("/add/{a}/{b}" => format!("{}", a + b));
    route!("/half/{x}" => { let half = x * 0.5; format!("{half}") });
    route!("/below/{x}" => if x == -1 { "below" } else { "above" });
}

fn main() {}
