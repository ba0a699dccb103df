use onward::prelude::*;

#[derive(Debug)]
struct ShopError;

impl From<Failure> for ShopError {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl Reply for ShopError {
    fn reply(self, res: Response) -> Sent {
        res.send(StatusCode::BAD_REQUEST)
    }
}

#[server(openapi = strict)]
async fn shop(req: Request, res: Response) -> Result<Sent, ShopError> {
    route!("/" -> String => "hello".to_owned());
}

fn main() {}
