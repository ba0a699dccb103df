use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a");
    #[cfg(debug_assertions)]
    route!(_ => "b");
}

fn main() {}
