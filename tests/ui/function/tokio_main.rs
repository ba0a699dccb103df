use onward::prelude::*;

#[tokio::main]
#[server]
async fn main() {
    route!("/" => "hello");
    route!("/products/{id: u32}" => format!("product {id}"));
}
