use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{id: _}" => format!("{id}"));
    route!("/b/{id: impl std::str::FromStr}" => "b");
    route!("/c/{id: Self}" => "c");
    route!("/d/{id: dyn Send}" => "d");
}

fn main() {}
