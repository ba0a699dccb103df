/// Docs stay on the function.
#[server]
async fn site(req: Request, res: Response) -> Result {
    /// One page.
    ///
    /// In a few words.
    #[cfg(feature = "pages")]
    route!("/pages/{id: u32}" as page => id.to_string());
    #[allow(clippy::unit_arg)]
    route!(POST "/pages/{id: u32}" if id > 7 => drop(id));
    route!("/unfinished" => todo!());
}
