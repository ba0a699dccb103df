use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/length" => format!("{}", req.body.len()));
    route!(POST "/text" => req.body.to_string());
    route!(POST "/field" => {
        let name = req.body.get("name");
        "read"
    });
    route!(POST "/await" => {
        let names: Vec<String> = req.body.json();
        Json(names)
    });
    route!(POST "/json" => {
        let number = serde_json::from_str::<u32>(req.body)?;
        format!("{number}")
    });
}

fn main() {
    let _ = shop;
}
