use onward::prelude::*;

#[expect(non_camel_case_types)]
struct shop {
    name: String,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" as home => "home");
    route!("/{name}" => name.to_owned());
}

fn main() {}
