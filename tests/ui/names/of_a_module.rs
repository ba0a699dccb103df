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

#[tokio::main]
async fn main() -> std::io::Result<()> {
    onward::http::create_server(shop).listen(3000).await
}
