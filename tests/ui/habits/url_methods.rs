use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let all = req.url.query_params();
    let page = req.url.get_query("page");
    route!("/" => format!("{all:?} {page:?}"));
}

fn main() {
    let _ = shop;
}
