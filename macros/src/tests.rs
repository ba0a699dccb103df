//! Input → pretty-printed expansion, and what the phases make of mistakes.

use crate::expand_server;
use proc_macro2::TokenStream;

/// The expansion of `source`, which starts with `#[server]`, formatted.
fn expansion(source: &str) -> String {
    let mut tokens: Vec<_> = source
        .parse::<TokenStream>()
        .expect("the source is Rust")
        .into_iter()
        .collect();
    let item = tokens.split_off(2);
    let attr = match &tokens[1] {
        proc_macro2::TokenTree::Group(group) => group.stream().into_iter().skip(1).collect(),
        _ => TokenStream::new(),
    };
    let attr = match TokenStream::into_iter(attr).next() {
        Some(proc_macro2::TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let expanded = expand_server(attr, item.into_iter().collect());
    let file = syn::parse2(expanded.clone());
    file.map_or_else(
        |_| expanded.to_string(),
        |file| prettyplease::unparse(&file),
    )
}

/// The messages of the mistakes in `source`, first lines only.
fn mistakes(source: &str) -> Vec<String> {
    let expansion = expansion(source);
    expansion
        .split("compile_error!")
        .skip(1)
        .map(|behind| {
            let text = behind.trim_start_matches(['(', '{', ' ', '\n', '"']);
            text.split("\\n").next().unwrap_or(text).to_owned()
        })
        .collect()
}

#[test]
fn the_expansion_prints() {
    println!(
        "{}",
        expansion(
            r#"#[server(trailing_slash = redirect)]
            pub async fn shop(req: Request, mut res: Response, db: Db) -> Result {
                route!("/" => "hello");
                route!("/products/{id: u32}" as product => db.product(id).await.map(Json));
                let user = authenticate(&req, &db).await?;
                route!(DELETE "/products/{id: u32}" if user.admin => { db.delete(id).await?; 204 });
                route!("/users/{name}" => format!("hi {name}"));
                route!(ANY "/admin/{rest..}" => admin(req.at(rest), res, db).await);
            }"#
        )
    );
}

#[test]
fn five_mistakes_are_five_errors() {
    let found = mistakes(
        r#"#[server]
        async fn shop(req: Request, res: Response) -> Result {
            route!("products" => "a");
            route!(get "/x" => "b");
            route!("/:id" => "c");
            route!("/{a}{b}" => "d");
            if true { route!("/e" => "e"); }
            route!("/ok" => "fine");
        }"#,
    );
    assert_eq!(found.len(), 5, "{found:#?}");
}

#[test]
fn a_route_that_is_never_reached_is_told_with_the_one_that_answers_first() {
    let cases = [
        (r#"route!("/a" => 1); route!("/a" => 2);"#, true),
        (r#"route!("/{x}" => x); route!("/me" => 2);"#, true),
        (r#"route!("/{x: u8}" => x); route!("/7" => 2);"#, false),
        (r#"route!("/{x: u8}" => x); route!("/{y: u8}" => y);"#, true),
        (
            r#"route!("/{x: u8}" => x); route!("/{y: u16}" => y);"#,
            false,
        ),
        (r#"route!("/{r..}" => r); route!(POST "/x" => 2);"#, false),
        (
            r#"route!(ANY "/{r..}" => r); route!(POST "/x" => 2);"#,
            true,
        ),
        (r#"route!("/x" if a => 1); route!("/x" => 2);"#, false),
        (r#"route!("/x" => 1); route!("/x" if a => 2);"#, true),
        (r#"route!("/x" => 1); route!(HEAD "/x" => 2);"#, true),
        (
            r#"route!("/x" => 1); route!(POST "/x" => 2); route!(GET | POST "/x" => 3);"#,
            true,
        ),
        (r#"route!("/x" => 1); route!(GET | POST "/x" => 3);"#, false),
        (r#"#[cfg(a)] route!("/x" => 1); route!("/x" => 2);"#, false),
        (
            r#"#[cfg(a)] route!("/x" => 1); #[cfg(a)] route!("/x" => 2);"#,
            true,
        ),
        (r#"route!("/x" => 1); #[cfg(a)] route!("/x" => 2);"#, true),
        (r#"route!("/{f}.json" => f); route!("/a.json" => 2);"#, true),
        (r#"route!("/{f}.json" => f); route!("/a.xml" => 2);"#, false),
        (
            r#"route!("/{a}-{b}" => (a, b)); route!("/x-{c}" => c);"#,
            true,
        ),
        (
            r#"route!("/a/{x}/c" => x); route!("/a/b/{y}" => y);"#,
            false,
        ),
    ];
    for (routes, unreachable) in cases {
        let source = format!("#[server] async fn shop(req: Request, res: Response) {{ {routes} }}");
        let found = mistakes(&source);
        let told = found
            .iter()
            .any(|mistake| mistake.contains("is never reached"));
        assert_eq!(
            (told, found.len()),
            (unreachable, usize::from(unreachable)),
            "{routes}: {found:?}"
        );
    }
}
