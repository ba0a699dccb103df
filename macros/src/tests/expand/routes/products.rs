#[server]
async fn products(req: Request, res: Response) -> Result {
    route!("/" => "hello");
    route!("/products" => json!["shoes", "lipstick", "cups"]);
}
