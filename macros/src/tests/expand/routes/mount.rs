#[server]
pub(crate) async fn shop(req: Request, res: Response, store: Store) -> Result {
    route!("/" => "shop");
    route!("/admin/status" => "up");
    route!(unmatched);
    let user = authenticate(&req)?;
    route!(mount "/admin" as admin => admin::admin(req, res, store, user).await);
    route!(mount "/shops/{id: u32}" if id > 0 => branch(req, res, id).await?);
    route!("/shops/{id: u32}/open" => opened(id));
}
