use onward::prelude::*;

#[derive(Debug, Reply)]
struct Page;

#[derive(Responder)]
pub enum Answer {
    Yes,
}

#[derive(IntoResponse)]
struct Text(String);

fn main() {}
