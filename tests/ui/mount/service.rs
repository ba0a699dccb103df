use onward::prelude::*;

struct ServeDir;

impl ServeDir {
    fn new(_: &str) -> Self {
        Self
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/assets" => ServeDir::new("assets"));
}

fn main() {}
