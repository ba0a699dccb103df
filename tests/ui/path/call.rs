use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x".to_string() => "a");
    route!(("/y") => "b");
    route!(env!("HOME") => "c");
    route!(format!("/{}", 7) => "d");
}

fn main() {}
