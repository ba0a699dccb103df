use onward::prelude::*;

#[server]
async fn shop() -> Result {
    route!("/products/{id}" as product => id.to_owned());
}

pub fn url() -> String {
    shop::product(7)
}

fn main() {}
