use onward::prelude::*;

route!("/" => "a");

fn main() {}
