use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/numbers" => {
        for number in 0..3 {
            res.send(format!("{number}"));
        }
    });
}

fn main() {
    let _ = shop;
}
