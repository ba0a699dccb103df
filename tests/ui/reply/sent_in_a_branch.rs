use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => {
        if req.url.query_string().is_none() {
            res.send("no query");
        }
        res.send("a query")
    });
}

fn main() {}
