use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" => StatusCode::from_u16(2000)?);
    let _name = onward::http::HeaderName::from_static("X-Own");
    route!("/b" => {
        let _value = onward::http::HeaderValue::from_static("two\nlines");
        "b"
    });
}

fn main() {}
