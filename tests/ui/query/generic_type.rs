use onward::prelude::*;

#[server]
async fn shop<T: serde::de::DeserializeOwned + ToString + Send>(req: Request, res: Response, _start: T) -> Result {
    route!("/products?{page: T}" as products => page.to_string());
}

fn main() {}
