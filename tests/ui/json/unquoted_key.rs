use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/user" => json!({ name: "ada" }));
    route!("/nested/{name}" => json!({ name: { age: 7 } }));
}

fn main() {
    let _ = shop;
}
