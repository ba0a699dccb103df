use onward::prelude::*;

#[server]
mod shop {
    use onward::prelude::*;

    pub async fn shop(req: Request, res: Response) -> Result {
        route!("/" => "a");
    }
}

fn main() {}
