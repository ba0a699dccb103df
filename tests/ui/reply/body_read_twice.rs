use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/" => {
        let first: String = req.body.json().await?;
        let second: String = req.body.json().await?;
        first + &second
    });
}

fn main() {}
