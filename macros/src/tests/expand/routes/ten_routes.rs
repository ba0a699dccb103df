#[server]
pub async fn shop(req: Request, mut res: Response, db: Db) -> Result {
    route!("/" => "hello");
    route!("/products" => Json(db.products().await?));
    route!("/products/{id: u32}" as product => db.product(id).await?.map(Json));
    route!(POST "/products" => {
        let new: NewProduct = req.body.json().await?;
        (StatusCode::CREATED, Json(db.insert(new).await?))
    });
    route!("/users/{name}" => format!("hello {name}"));
    route!("/files/{path..}" => db.file(path).await?);
    let user = authenticate(&req, &db).await?;
    route!(PUT | PATCH "/products/{id: u32}" => db.update(id, req.body.json().await?).await?.map(Json));
    route!(DELETE "/products/{id: u32}" if user.is_admin => db.delete(id).await?);
    route!("/{year: u16}-{month: u8}.csv" => db.report(year, month).await?);
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res, db).await);
}
