use onward::prelude::*;

struct Point {
    x: u32,
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/text/{name}" => "hello {name}");
    route!("/field/{x: u32}" => {
        let point = Point { x: 7 };
        format!("{}", point.x)
    });
}

fn main() {}
