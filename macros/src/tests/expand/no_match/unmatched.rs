#[server]
async fn site(req: Request, res: Response) -> Result {
    route!("/about" => "about");
    route!(unmatched => (StatusCode::NOT_FOUND, "no such page"));
    let user = authenticate(&req)?;
    route!("/inbox" => inbox(user));
}
