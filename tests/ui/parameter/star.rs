use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/files/*rest" => rest);
    route!("/images/*" => "a");
    route!("/videos/{*rest}" => rest);
    route!("/texts/**" => "b");
}

fn main() {}
