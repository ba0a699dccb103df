use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/?{page: u32 = None}&{size: u32 = Some(7)}" => format!("{page} {size}"));
}

fn main() {
    let _ = shop;
}
