use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/path/{id}" (Path(id): Path<u32>) => format!("{id}"));
    route!("/two/{id}/{name}" (Path((id, name)): Path<(u32, String)>) => format!("{id} {name}"));
    route!(POST "/declared/{id}" (id: u64) => format!("{id}"));
    route!("/query" (Query(page): Query<u32>) => format!("{page}"));
    route!("/filter" (Query(filter): web::Query<Filter>) => format!("{filter:?}"));
    route!("/state" (State(db): State<Db>) => db.list().await);
    route!("/headers" (headers: HeaderMap) => format!("{headers:?}"));
}

fn main() {
    let _ = shop;
}
