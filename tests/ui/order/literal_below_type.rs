use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{name: String}" => name);
    route!("/users/me" => "me");
    route!("/m/{id: u32}" => id.to_string());
    route!("/m/7" => "seven");
    route!("/b/{flag: bool}" => flag.to_string());
    route!("/b/true" => "true");
    route!("/v{major: u8}.{minor: u8}" => format!("{major} {minor}"));
    route!("/v1.2" => "an old version");
    route!("/m/latest" => "no number");
}

fn main() {
    let _ = shop;
}
