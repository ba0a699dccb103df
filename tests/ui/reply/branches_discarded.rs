use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => {
        if req.headers.contains_key("x-new") { "new" } else { "old" };
    });
    route!("/b/{id: u32}" => {
        match id {
            7 => format!("seven"),
            _ => format!("{id}"),
        };
    });
}

fn main() {}
