use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products/{id: u32}" as product => id.to_string());
}

pub fn url() -> String {
    shop::product("seven")
}

fn main() {}
