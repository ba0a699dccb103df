use onward::prelude::*;
use std::error::Error as StdError;

#[server]
async fn a(req: Request, res: Response) -> anyhow::Result<Sent> {
    route!("/" => "a");
}

#[server]
async fn b(req: Request, res: Response) -> Result<Sent, Box<dyn StdError>> {
    route!("/" => "b");
}

#[server]
async fn c(req: Request, res: Response) -> Result<Sent, String> {
    route!("/" => "c");
}

#[server]
async fn d(req: Request, res: Response) -> std::io::Result<Sent> {
    route!("/" => "d");
}

#[server]
async fn e(req: Request, res: Response) -> Result<Sent, ()> {
    route!("/" => "e");
}

#[server]
async fn f(req: Request, res: Response) -> Result<Sent, anyhow::Error> {
    route!("/" => "f");
}

fn main() {}
