use onward::prelude::*;

fn main() {
    let rest = 7;
    let _ = json!({ "a": 1, ...rest });
}
