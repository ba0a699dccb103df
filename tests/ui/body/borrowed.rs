use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (name: &str) => name.to_owned());
    route!(POST "/users" (name: std::borrow::Cow<'_, str>) => name.into_owned());
}

fn main() {}
