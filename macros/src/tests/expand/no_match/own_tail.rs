#[server]
async fn site(req: Request, res: Response) -> Result {
    route!("/about" => "about");
    Ok(res.send(format!("{} is unknown", req.url)))
}
