use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/constant" => StatusCode::NotFound);
    route!("/number" => StatusCode::from_u16(404));
    route!("/some" => Some(404));
    route!("/ok" => Ok(HttpResponse::Created().json("made")));
    route!("/redirect" => Redirect("/login"));
    route!("/body" => Body::from("text"));
}

fn main() {
    let _ = shop;
}
