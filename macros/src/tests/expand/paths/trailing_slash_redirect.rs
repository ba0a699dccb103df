#[server(crate = my::onward, trailing_slash = redirect)]
async fn users(req: Request, res: Response) -> my::onward::Result {
    route!("/users" => "users");
}
