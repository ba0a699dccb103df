use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => req.);
    route!("/y" => {
        let x = req.
    });
    route!("/z" => "b");
}

fn main() {}
