use onward::prelude::*;

#[derive(Clone)]
struct Db;
impl Db {
    async fn product(&self, id: u32) -> Option<String> {
        (id < 10).then(|| format!("product {id}"))
    }
}

struct User {
    admin: bool,
}

async fn authenticate(req: &Request) -> Result<User> {
    tokio::task::yield_now().await;
    Ok(User {
        admin: req.headers.contains_key("admin"),
    })
}

#[server]
async fn shop(req: Request, mut res: Response, db: Db) -> Result {
    route!("/" => "hello");
    route!("/products" => json!["shoes", "lipstick", "cups"]);
    route!("/products/{id: u32}" as product => db.product(id).await.map(Json));
    route!(POST "/products" => {
        let name: String = req.body.json().await?;
        res.set_header("x-name", &name);
        (StatusCode::CREATED, name)
    });
    let user = authenticate(&req).await?;
    route!(DELETE "/products/{id: u32}" if user.admin => format!("deleted {id}"));
    route!("/users/{name}" as user => format!("hi {name}"));
    route!("/files/{rest..}" as file => rest.to_string());
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
    route!("/later" => todo!());
}

#[server(trailing_slash = redirect)]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
    route!("/x/{y}" => format!("{y} of {}", req.url.original()));
    route!(POST "/x/{y}" => res.send(y.to_owned()));
}

async fn ask(req: Request) -> String {
    match shop(req, Response::new(), Db).await {
        Ok(sent) => format!("{} {}", sent.status_code().as_u16(), sent.text()),
        Err(error) => format!("{} {}", error.status().as_u16(), error.message()),
    }
}

#[tokio::test]
async fn it_answers() {
    for path in [
        "/",
        "/products",
        "/products/7",
        "/products/70",
        "/products/x",
        "/users/a%2Fb",
        "/files/a/b%20c",
        "/files/",
        "/files",
        "/admin/",
        "/admin/x/1",
        "/admin/x/1/",
        "/admin",
        "/nope",
        "/%zz",
    ] {
        println!("{path} -> {}", ask(Request::get(path)).await);
    }
    println!("{}", ask(Request::post("/products").json(&"mug")).await);
    println!("{}", ask(Request::post("/products/7")).await);
    println!("{}", ask(Request::post("/admin/x/7")).await);
    println!(
        "{} {} {}",
        shop::product(7),
        shop::user("é/"),
        shop::file("a b/c")
    );
    for route in shop::ROUTES {
        println!("{route}");
    }
}
