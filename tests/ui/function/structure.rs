use onward::prelude::*;

#[server]
struct Shop {
    name: String,
}

fn main() {
    let _ = Shop { name: String::new() };
}
