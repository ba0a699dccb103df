use onward::prelude::*;

#[server]
#[tokio::main]
async fn main() {
    route!("/products/{id}" as product => id.to_owned());
}
