use onward::prelude::*;

struct Csv(String);

impl Reply for Csv {
    fn reply(self, res: Response) -> Sent {
        res.send(self.0)
    }
}

#[server(openapi = strict)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products.csv" -> Csv => Csv("id,name".to_owned()));
}

fn main() {}
