use onward::prelude::*;

async fn deny(res: &mut Response) -> Sent {
    res.status_code = StatusCode::FORBIDDEN;
    res.send("no")
}

fn end(res: &Response) -> Sent {
    res.end()
}

fn main() {
    let _ = (deny, end);
}
