use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    #[inline]
    route!("/x" => "a");
    #[get("/y")]
    route!("/y" => "b");
}

fn main() {}
