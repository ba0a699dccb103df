use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{name}" => name);
    route!("/files/{rest..}" => rest);
    route!("/pages/{page}" => (StatusCode::OK, page));
    route!("/items/{item}" => {
        println!("{item}");
        item
    });
}

fn main() {}
