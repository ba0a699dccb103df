use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/all" => { let both = Promise.all([one(), two()]); "all" });
    route!("/error" => http.Error(w, "no such page", 404));
    route!("/status" => http.StatusNotFound);
    route!("/redirect" => http.Redirect(w, r, "/", 302));
}

#[server]
async fn optional(req: Request, res: Response) -> Result {
    route!("/some" => Optional::of("cup"));
    route!("/none" => Optional::empty());
}

fn main() {
    let _ = (shop, optional, http::create_server(shop));
}
