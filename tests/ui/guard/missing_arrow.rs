use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/block/{number: u64}" if number <= 20 {
        let double = number * 2;
        double.to_string()
    });
    route!("/thin/{number: u64}" if number <= 20 -> {
        number.to_string()
    });
    route!("/value" if req.headers.contains_key("admin") "admin");
    route!("/let/{name}" if let Some(id) = name.strip_prefix("id-") format!("{id}"));
}

fn main() {
    let _ = shop;
}
