use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> impl Reply => "all");
    route!("/users" -> _ => "all");
    route!("/orders" -> Json<_> => Json(7));
    route!("/names" -> Box<dyn Reply> => Box::new("all"));
}

fn main() {}
