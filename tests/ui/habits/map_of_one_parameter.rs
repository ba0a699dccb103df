use onward::prelude::*;
use std::collections::{BTreeMap, HashMap};

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let all = req.url.query::<BTreeMap<String, String>>("page")?;
    route!("/" => { let all = req.url.query::<HashMap<String, String>>("page")?; Json(all) });
}

fn main() {}
