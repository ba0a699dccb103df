use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/a" => (StatusCode::NotFound, "a"));
    route!(POST "/b" => (status::HTTP_201_CREATED, "b"));
    route!("/c" => { res.status_code = 404; "c" });
    route!("/d" => "7".parse::<u32>().map_err(|error| (409, error.to_string()))?.to_string());
}

fn main() {}
