use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    req.locals = "ada";
    println!("{:?} {:?}", req.files["avatar"], req.is_ajax);
    println!("{:?}", res.content_type);
    req.extensions_mut().insert("ada");
    route!(POST "/" => {
        let mut user = String::new();
        req.should_bind_json(&mut user)?;
        user
    });
}

fn main() {
    let _ = shop;
}
