#[server]
async fn site(req: Request, res: Response) -> Result {
    route!("/about" => "about");
    route!(_ => (StatusCode::NOT_FOUND, "no such page"));
}
