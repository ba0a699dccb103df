use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    #[cfg(unix)]
    route!("/x" => "a");
    #[cfg(unix)]
    route!("/x" => "b");
    route!("/y" => "c");
    #[cfg(windows)]
    route!("/y" => "d");
}

fn main() {}
