use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/" Json(names): Json<Vec<String>> => Json(names));
}

fn main() {
    let _ = shop;
}
