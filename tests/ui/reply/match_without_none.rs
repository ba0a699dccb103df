use onward::prelude::*;

fn find(id: u32) -> Option<String> {
    (id == 7).then(String::new)
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: u32}" => match find(id) { Some(user) => user });
}

fn main() {
    let _ = shop;
}
