use onward::prelude::*;

struct MyError;

impl Reply for MyError {
    fn reply(self, res: Response) -> Sent {
        res.end()
    }
}

#[server]
async fn shop(req: Request, res: Response) -> Result<Sent, MyError> {
    route!("/" => "a");
}

fn main() {}
