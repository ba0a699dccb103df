use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/" => {
        let text = req.body.text().await?;
        let names: Vec<String> = req.body.json().await?;
        format!("{text} {names:?}")
    });
}

fn main() {
    let _ = shop;
}
