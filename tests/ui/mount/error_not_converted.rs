use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/admin" => inner(req, res).await);
}

#[derive(Debug)]
struct InnerError;

impl From<Failure> for InnerError {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl Reply for InnerError {
    fn reply(self, res: Response) -> Sent {
        res.send("no")
    }
}

#[server]
async fn inner(req: Request, res: Response) -> Result<Sent, InnerError> {
    route!("/" => "inner");
}

fn main() {}
