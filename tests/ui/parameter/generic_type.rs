use onward::prelude::*;

trait Find<T> {
    fn find(&self, id: T) -> String;
}

#[server]
async fn shop<T: std::str::FromStr, S: Find<T>>(req: Request, res: Response, state: S) -> Result {
    route!("/users/{id: T}" => state.find(id));
}

fn main() {}
