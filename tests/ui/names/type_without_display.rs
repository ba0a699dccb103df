use onward::prelude::*;

use std::str::FromStr;

struct UserId(u32);

impl FromStr for UserId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: UserId}" as user => format!("{}", id.0));
}

fn main() {}
