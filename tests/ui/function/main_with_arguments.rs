use onward::prelude::*;

#[tokio::main]
#[server]
async fn main(req: Request, res: Response) -> Result {
    route!("/products/{id}" as product => id.to_owned());
}
