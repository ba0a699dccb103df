#![deny(deprecated)]

use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let mut visits = 0;
    let mut total: u64 = 0;
    route!("/visits" => {
        visits += 1;
        format!("visit {visits}")
    });
    route!(POST "/total" => {
        total += 1;
        total.to_string()
    });
}

fn main() {
    let _ = shop;
}
