#[server]
async fn site(req: Request, res: Response) -> Result {
    route!("/{a: u8}/edit" => a.to_string());
    route!("/me/edit" => "me");
    route!("/{file}.json" => file.to_owned());
    route!("/@{user}" => user.to_owned());
    route!("/{any}/edit" => any.to_owned());
}
