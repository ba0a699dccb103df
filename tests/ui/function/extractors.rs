use onward::prelude::*;

#[derive(Clone)]
struct Db;

#[server]
async fn a(req: Request, res: Response, Path(id): Path<u32>) -> Result {
    route!("/users/{user}" => format!("{user} {id}"));
}

#[server]
async fn b(req: Request, res: Response, State(db): State<Db>, Json(new): Json<String>) -> Result {
    route!("/" => new);
}

#[server]
async fn c(req: Request, res: Response, db: web::Data<Db>, page: web::Query<u32>) -> Result {
    route!("/" => "c");
}

#[server]
async fn d(req: Request, res: Response, next: Next) -> Result {
    route!("/" => "d");
}

fn main() {}
