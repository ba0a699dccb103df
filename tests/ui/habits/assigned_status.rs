use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/number" => {
        res.status = 404;
        "number"
    });
    route!("/constant" => {
        res.statusCode = StatusCode::NOT_FOUND;
        "constant"
    });
}

fn main() {}
