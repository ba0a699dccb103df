use onward::prelude::*;

#[server]
async fn shop(req: &Request, res: &mut Response) -> Result {
    route!("/products/{id}" as product => id.to_owned());
}



fn main() {}
