use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{user_id: u32}" => id.to_string());
    route!("/items/{id: u32}" => (StatusCode::OK, item_id.to_string()));
    route!("/texts/{text_id}" => format!("{id:?}"));
    route!("/pages/{page: u32}" => if pags > 7 { "many" } else { "few" });
}

fn main() {}
