use onward::prelude::*;

trait Clock {
    fn hour(&self) -> u32;
}

#[server]
async fn site(req: Request, res: Response) -> Result {
    route!(mount "/admin" => admin(req, res, "ada").await);
}

#[server]
async fn admin(req: Request, res: Response, name: str) -> Result {
    route!("/" => name.to_owned());
}

#[server]
async fn clock(req: Request, res: Response, clock: dyn Clock) -> Result {
    route!("/" => format!("{}", clock.hour()));
}

fn main() {
    let _ = site;
}
