#![deny(deprecated)]

use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response, mut names: Vec<String>) -> Result {
    let mut seen = std::collections::HashSet::new();
    route!(POST "/names" (name: String) => {
        names.push(name);
        "saved"
    });
    route!(POST "/seen/{id: u32}" => {
        seen.insert(id);
        (StatusCode::CREATED, "seen")
    });
}

fn main() {}
