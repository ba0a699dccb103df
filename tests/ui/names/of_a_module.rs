use onward::prelude::*;

mod shop {
    pub fn price() -> u32 {
        7
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" as home => "home");
    route!("/products/{id: u32}" as product if id < shop::price() => format!("{id}"));
    route!("/{name}" => name.to_owned());
}

fn main() {
    onward::http::create_server(shop);
}
