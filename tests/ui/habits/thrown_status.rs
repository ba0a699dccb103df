use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    if req.headers.get("user").is_none() {
        ctx.throw(401, "sign in");
    }
    route!("/" => JsonResponse(json!({}), 201));
    route!("/text" => {
        fprintf(res, "hello %s", "ada");
        res.end()
    });
}

fn main() {}
