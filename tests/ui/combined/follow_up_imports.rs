use onward::prelude::*;
use std::collections::BTreeMap;
use std::net::IpAddr;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/<ip>" => { let ip: IpAddr = ip.parse()?; ip.to_string() });
    route!("/b", BTreeMap::<u8, u8>::new().len().to_string());
    route!("/c" => BTreeMap::<u8, u8>::new().len().to_string() if true);
    route!(Post "/d/{ip: IpAddr}" => ip.to_string());
    route!("/e" as e "x");
}

fn main() {}
