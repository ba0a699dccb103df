use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/colon?q=:q" => format!("{q}"));
    route!("/angle?q=<q>&page=<page>" => format!("{q} {page}"));
    route!("/names?q&page" => format!("{q} {page}"));
    route!("/rocket?<q>&<filter..>" => format!("{q} {filter:?}"));
    route!("/key?per-page=:size" => format!("{size}"));
    route!("/value?page=1" => "first");
    route!("/mixed?{q: String}&page=:page" => format!("{q} {page}"));
}

fn main() {
    let _ = shop;
}
