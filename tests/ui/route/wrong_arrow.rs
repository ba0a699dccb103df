use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" -> "a");
    route!("/y" = > "b");
    route!("/z": "c");
    route!("/w" = "d");
}

fn main() {}
