#[server]
async fn shop(req: Request, mut res: Response, db: Db) -> Result {
    /// The products, by name.
    route!("/products?{page: u32 = 1}&{search: Option<String>}" as products -> Json<Vec<Product>> =>
        Json(db.list(page, search).await?));
    route!("/products/{id: u32}" as product -> Option<Json<Product>> => db.find(id).await?.map(Json));
    route!(POST "/products" (Json(new): Json<NewProduct>) -> Created<Json<Product>> if is_admin(&req) =>
        Created(Json(db.insert(new).await?)));
}
