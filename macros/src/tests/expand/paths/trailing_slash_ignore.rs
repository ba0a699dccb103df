#[server(trailing_slash = ignore)]
async fn files(request: Request, response: Response) {
    route!("/files/{rest..}" => rest.len().to_string());
}
