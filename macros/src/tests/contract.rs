//! Errors in the query, the body or the reply of a route: each is a single error that states what to write instead.

use super::expansion;

/// Returns a server with these routes.
fn server(routes: &str) -> String {
    format!("#[server] async fn shop(req: Request, res: Response, db: Db) -> Result {{ {routes} }}")
}

/// Returns the messages of all errors, with their help.
fn messages(routes: &str) -> Vec<String> {
    let expansion = expansion(&server(routes));
    let errors = expansion.split("compile_error!").skip(1);
    let lines = errors.map(|error| error.lines().find(|line| line.contains("help: ")));
    let texts = lines.map(|line| line.unwrap_or("no help").replace("\\\"", "\""));
    texts.collect()
}

/// Routes, each with a part of the help.
const INVALID: &[(&str, &str)] = &[
    (r#"route!("/p?{a: u32}&v=2" => f(a));"#, "`{v: u32}`"),
    (
        r#"route!("/p?{a: u32}" if a > 0 => f(a));"#,
        "test of `a` to the expression",
    ),
    (r#"route!("/p?{a: u32}" => f());"#, "`a={_a: …"),
    (r#"route!("/p?{db: u32}" => f(db));"#, "`db={db_: …"),
    (
        r#"route!("/p/{a}?{a: u32}" => f(a));"#,
        "`a={a_query: String",
    ),
    (
        r#"route!("/p?{a: u32 = f()}" => f(a));"#,
        "`{a: u32 = DEFAULT",
    ),
    (
        r#"route!("/p?{a: u32 = 1 + 1}" => f(a));"#,
        "`{a: u32 = DEFAULT",
    ),
    (r#"route!("/p?{a: u32 = \"1\"}" => f(a));"#, "`{a: u32 = 1"),
    (r#"route!("/p?{a: u8 = 256}" => f(a));"#, "`{a: u8 = 1"),
    (r#"route!("/p?{a: u8 = -1}" => f(a));"#, "`{a: u8 = 1"),
    (
        r#"route!("/p?{a: bool = 1}" => f(a));"#,
        "`{a: bool = false",
    ),
    (r#"route!("/p?{a: f64 = 1}" => f(a));"#, "`{a: f64 = 1.0"),
    (r#"route!("/p?{a: String = 1}" => f(a));"#, "= \"text\""),
    (
        r#"route!("/p?{a: Option<u32> = 1}" => f(a));"#,
        "`{a: u32 = 1",
    ),
    (
        r#"route!("/p?{a: Vec<u32> = 1}" => f(a));"#,
        "`{a: Vec<u32>",
    ),
    (r#"route!("/p?{a: &str}" => f(a));"#, "`{a: String"),
    (
        r#"route!("/p?{a: Option<&str>}" => f(a));"#,
        "`{a: Option<String>",
    ),
    (r#"route!("/p?{a: impl Sized}" => f(a));"#, "`{a: u32"),
    (r#"route!("/p?{a: u23}" => f(a));"#, "`{a: u32"),
    (r#"route!("/p?{a: u 32}" => f(a));"#, "`{a: u32"),
    (
        r#"route!("/p?{a: HashMap<String, String>}" => f(a));"#,
        "`{a..: HashMap",
    ),
    (
        r#"route!("/p?{a..: u32}" => f(a));"#,
        "HashMap<String, u32>",
    ),
    (
        r#"route!("/p?{a: Option<Option<u8>>}" => f(a));"#,
        "`{a: Option<u8>",
    ),
    (
        r#"route!("/p?{a: u8}" => f(a)); route!("/p?{b: u8}" => f(b));"#,
        "use one route",
    ),
    (
        r#"struct T; route!("/p?{a: T}" as p => f(a));"#,
        "move `T` out",
    ),
    (
        r#"route!("/" => f()); log(req); route!("/p?{a: u8}" => f(a));"#,
        "use `&req`",
    ),
    (
        r#"route!(mount "/p?{a: u8}" => f(req, res).await);"#,
        "mount \"/path\"",
    ),
    (r#"route!("/p" (a: A) => f(a));"#, "use `POST`"),
    (r#"route!(GET "/p" (a: A) => f(a));"#, "use `POST`"),
    (r#"route!(HEAD | POST "/p" (a: A) => f(a));"#, "use `POST`"),
    (r#"route!(POST "/p" (a) => f(a));"#, "`(a: String)`"),
    (
        r#"route!(POST "/p" (Json<A>) => f());"#,
        "`(Json(body): Json<A>)`",
    ),
    (r#"route!(POST "/p" (String) => f());"#, "`(body: String)`"),
    (r#"route!(POST "/p" () => f());"#, "remove the parentheses"),
    (
        r#"route!(POST "/p" (a:) => f(a));"#,
        "(Json(new): Json<NewProduct>)",
    ),
    (
        r#"route!(POST "/p" (a: A, b: B) => f(a, b));"#,
        "one type with all fields",
    ),
    (
        r#"route!(POST "/p" (a: A) (b: B) => f(a, b));"#,
        "`\"/path\" (name: Type)",
    ),
    (
        r#"route!(POST "/p" as p (a: A) => f(a));"#,
        "`\"/path\" (name: Type)",
    ),
    (
        r#"route!(POST "/p" if x (a: A) => f(a));"#,
        "`\"/path\" (name: Type)",
    ),
    (
        r#"route!(POST "/p" -> A (a: A) => f(a));"#,
        "`\"/path\" (name: Type)",
    ),
    (
        r#"route!(POST (a: A) "/p" => f(a));"#,
        "`POST \"/path\" (name: Type)",
    ),
    (
        r#"route!(POST "/p" {a: A} => f(a));"#,
        "(Json(new): Json<NewProduct>)",
    ),
    (
        r#"route!(POST "/p" (a: A = b) => f(a));"#,
        "`Option<Json<Type>>`",
    ),
    (
        r#"route!(POST "/p" (a: A) if a.x => f(a));"#,
        "test of `a` to the expression",
    ),
    (
        r#"route!(POST "/p" (a: A) if req.body.x() => f(a));"#,
        "to the expression after",
    ),
    (r#"route!(POST "/p" (a: A) => f());"#, "`_a`"),
    (r#"route!(POST "/p" (db: A) => f(db));"#, "`db_body`"),
    (r#"route!(POST "/p/{a}" (a: A) => f(a));"#, "`a_body`"),
    (r#"route!(POST "/p?{a: u8}" (a: A) => f(a));"#, "`a_body`"),
    (
        r#"route!(POST "/p" (Some(a): Option<A>) => f(a));"#,
        "`match` it",
    ),
    (r#"route!(POST "/p" (a: &str) => f(a));"#, "use `String`"),
    (r#"route!(POST "/p" (a: Vec<u8>) => f(a));"#, "use `Bytes`"),
    (
        r#"route!(POST "/p" (a: Vec<A>) => f(a));"#,
        "use `Json<Vec<A>>`",
    ),
    (
        r#"route!(POST "/p" (a: Value) => f(a));"#,
        "use `Json<Value>`",
    ),
    (
        r#"route!(POST "/p" (Json(a): Json) => f(a));"#,
        "use `Json<NewProduct>`",
    ),
    (
        r#"route!(POST "/p" (a: Option<Option<A>>) => f(a));"#,
        "remove one `Option`",
    ),
    (r#"route!(POST "/p" (a: A) => f(a, req.body));"#, "use `a`"),
    (
        r#"let x = req.body.text().await?; route!(POST "/p" (a: A) => f(a, x));"#,
        "move the statement below",
    ),
    (
        r#"route!(mount "/p" (a: A) => f(req, res).await);"#,
        "mount \"/path\"",
    ),
    (
        r#"route!("/" => f()); route!(_ (a: A) => f(a));"#,
        "`_ => expression`",
    ),
    (
        r#"route!("/" => f()); route!(unmatched (a: A) => f(a));"#,
        "`unmatched => expression`",
    ),
    (
        r#"route!("/p" -> impl Reply => f());"#,
        "remove `-> impl Reply`",
    ),
    (r#"route!("/p" -> _ => f());"#, "remove `-> _`"),
    (
        r#"route!("/p" -> Result => f());"#,
        "`-> Result<Json<Product>, MyError>`",
    ),
    (
        r#"route!("/p" -> Sent => res.send(f()));"#,
        "remove the `->`",
    ),
    (
        r#"route!("/p" -> Json<A> => res.send(f()));"#,
        "remove `-> Json<A>`",
    ),
    (r#"route!("/p" -> Json => f());"#, "`-> Json<Product>`"),
    (
        r#"route!("/p" -> Created => f());"#,
        "`-> Created<Json<Product>>`",
    ),
    (r#"route!("/p" -> Vec<A> => f());"#, "`-> Json<Vec<A>>`"),
    (r#"route!("/p" -> u32 => f());"#, "`-> Json<u32>`"),
    (
        r#"route!("/p" -> StatusCode::OK => f());"#,
        "`-> StatusCode`",
    ),
    (r#"route!("/p" -> NoContent<()> => f());"#, "`-> NoContent`"),
    (r#"route!("/p" -> => f());"#, "`-> Json<Product> => …`"),
    (
        r#"route!("/p" -> "a" => f());"#,
        "such as `-> Json<Product>`",
    ),
    (r#"route!("/p" if x -> A => f());"#, "`-> A if condition"),
    (r#"route!("/p" -> A as p => f());"#, "`as p -> Type"),
    (r#"route!("/p" -> A -> B => f());"#, "`Result<A, B>`"),
    (r#"route!("/p" -> Json(7));"#, "=> expression"),
    (r#"route!("/p" -> Json<A> => json!({}));"#, "`Json(value)`"),
    (
        r#"route!(mount "/p" -> A => f(req, res).await);"#,
        "mount \"/path\"",
    ),
    (
        r#"route!("/" => f()); route!(_ -> A => f());"#,
        "`_ => expression`",
    ),
    (r#"route!("/p" as routes -> A => f());"#, "as routes_route"),
];

#[test]
fn every_invalid_declaration_is_one_error_with_a_help() {
    let mut wrong = Vec::new();
    for (routes, help) in INVALID {
        let found = messages(routes);
        if found.len() != 1 || !found[0].contains("help: ") || !found.concat().contains(help) {
            wrong.push(format!("{routes}\n    {help}\n    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Valid routes that resemble invalid ones.
const VALID: &[&str] = &[
    r#"route!("/p" if x.iter().any(|a| -> bool { a }) => f());"#,
    r#"route!("/p" -> A if f(x) => f());"#,
    r#"route!("/p" if f::<fn(u8) -> u8>(x) => f());"#,
    r#"route!(POST "/p" (A { a, b: c }: A) => f(a, c));"#,
    r#"route!(POST "/p" (_: A) => f());"#,
    r#"route!(POST "/p" (mut a: A,) => f(a));"#,
    r#"route!(POST "/p" (a: A) => { let req = g(a); req.body });"#,
    r#"if x { let y = req.body.text().await?; return f(y); } route!(POST "/p" (a: A) => f(a));"#,
    r#"route!("/p?{a: u8}&{b: u8 = B}&{c: i8 = -1}&{d: D = D::X}" => f(a, b, c, d));"#,
    r#"route!("/p?{a: u8}" => format!("{a}"));"#,
    r#"route!("/p" -> Result<A> => Ok(f()));"#,
    r#"route!("/p" -> Option<A> => None);"#,
    r#"route!("/p" -> A => { if x { return Ok(res.end()); } f() });"#,
    r#"route!(DELETE "/p" (a: A) -> () => f(a));"#,
    r#"route!(ANY "/p" (a: Option<String>) => f(a));"#,
    r#"route!("/p" as p -> A => f()); route!("/q" as unmatched => f());"#,
];

#[test]
fn valid_declarations_are_no_errors() {
    for routes in VALID {
        let found = messages(routes);
        assert!(found.is_empty(), "{routes}\n{found:#?}");
    }
}
