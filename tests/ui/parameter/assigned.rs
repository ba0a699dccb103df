use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/next/{number: u32}" => {
        number += 1;
        format!("{number}")
    });
    route!("/name/{name}" => {
        if name.is_empty() {
            name = "none";
        }
        format!("{name}")
    });
}

fn main() {}
