use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{file}.json" => file.to_owned());
    route!("/a.json" => "a");
    route!("/v{major}-{minor}" => format!("{major} {minor}"));
    route!("/v1-{minor}" => minor.to_owned());
}

fn main() {}
