use onward::prelude::*;
use serde::Serialize;

#[server(openapi = strict)]
async fn shop<T: Serialize + Send>(req: Request, res: Response, first: T) -> Result {
    route!("/" -> Json<T> => Json(first));
}

fn main() {}
