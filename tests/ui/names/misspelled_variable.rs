use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/numbers/{last: u32}" => {
        for numbr in 1..=last {
            res.write(format!("{number}\n")).await?;
        }
        res.end()
    });
}

fn main() {}
