//! The pretty-printed expansion of some input, and the errors that the phases report for it.

mod contract;
mod unfinished;

use crate::server::expand_server_with;
use proc_macro2::{TokenStream, TokenTree};
use std::path::{Path, PathBuf};

/// Returns the expansion of `source`, a function under `#[server]`, formatted.
fn expansion(source: &str) -> String {
    expansion_with(source, false)
}

/// Returns the expansion of `source`, formatted. `describes` stands for the feature `openapi`.
fn expansion_with(source: &str, describes: bool) -> String {
    let tokens: TokenStream = source.parse().expect("the source is Rust");
    let (attr, item) = split_attribute(tokens);
    let expanded = expand_server_with(attr, item, describes);
    let file = syn::parse2(expanded.clone());
    file.map_or_else(
        |_| expanded.to_string(),
        |file| prettyplease::unparse(&file),
    )
}

/// Removes `#[server(…)]`: returns its arguments, and the item without it.
fn split_attribute(source: TokenStream) -> (TokenStream, TokenStream) {
    let tokens: Vec<TokenTree> = source.into_iter().collect();
    let arguments = |token: &TokenTree| match token {
        TokenTree::Group(group) => {
            let mut inside = group.stream().into_iter();
            let name = inside.next()?;
            (name.to_string() == "server").then(|| inside.next())
        }
        _ => None,
    };
    let at = tokens.iter().position(|token| arguments(token).is_some());
    let at = at.expect("the source has #[server]");
    let attr = match arguments(&tokens[at]).flatten() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let (before, after) = (&tokens[..at - 1], &tokens[at + 1..]);
    (attr, before.iter().chain(after).cloned().collect())
}

/// Returns the messages of the errors in `source`, first lines only.
fn errors(source: &str) -> Vec<String> {
    let expansion = expansion(source);
    expansion
        .split("compile_error!")
        .skip(1)
        .map(|after| {
            let text = after.trim_start_matches(['(', '{', ' ', '\n', '"']);
            text.split("\\n").next().unwrap_or(text).to_owned()
        })
        .collect()
}

/// Compares every `expand/*/*.rs` with its `.expanded.rs`. `EXPAND=overwrite cargo test -p onward-macros` rewrites the
/// snapshots; review the difference before committing it.
#[test]
fn expansions_equal_their_snapshots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/expand");
    let overwrite = std::env::var_os("EXPAND").is_some();
    let mut seen = 0;
    for source in sources(&folder) {
        let expanded = expansion(&read(&source));
        let snapshot = source.with_extension("expanded.rs");
        if overwrite {
            std::fs::write(&snapshot, &expanded).expect("the snapshot is written");
        }
        assert_eq!(read(&snapshot), expanded, "{}", source.display());
        seen += 1;
    }
    assert!(seen > 0, "no snapshots in {}", folder.display());
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let topics = entries(folder).into_iter();
    let mut sources: Vec<PathBuf> = topics
        .flat_map(|topic| entries(&topic))
        .filter(|file| !file.to_string_lossy().ends_with(".expanded.rs"))
        .collect();
    sources.sort();
    sources
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let entries = entries.map(|entry| entry.expect("an entry of the folder").path());
    entries.collect()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

/// The annotated example shows the expansion of `products`, comments aside; another test compares README with it.
#[test]
fn what_is_shown_as_the_expansion_is_what_the_macro_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let expanded = expansion(&server_of(&read(&root.join("examples/products.rs"))));
    let expanded = syn::parse_file(&expanded).expect("the expansion is Rust");
    let shown = read(&root.join("examples/products_expanded.rs"));
    let shown = syn::parse_file(&shown).expect("what is shown is Rust");
    for item in expanded.items {
        let item = prettyplease::unparse(&file_of(item));
        let mut copies = shown.items.iter().cloned().map(file_of);
        let found = copies.any(|copy| prettyplease::unparse(&copy) == item);
        assert!(found, "products_expanded.rs lacks\n{item}");
    }
}

/// The guide shows the handler of `typed`.
#[test]
fn the_guide_shows_what_the_macro_writes_for_a_typed_server() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = read(&folder.join("../runtime/guide/routing.md"));
    let source = read(&folder.join("src/tests/expand/routes/typed.rs"));
    assert!(guide.contains(&source), "the guide lacks\n{source}");
    let expanded = read(&folder.join("src/tests/expand/routes/typed.expanded.rs"));
    let end = expanded.find("\n}\n").expect("the end of the handler");
    let handler = &expanded[..end + 3];
    assert!(guide.contains(handler), "the guide lacks\n{handler}");
}

fn file_of(item: syn::Item) -> syn::File {
    syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    }
}

/// Returns the `#[server]` function of a file, with its attribute first.
fn server_of(file: &str) -> String {
    let start = file.find("#[server]").expect("a server");
    let end = file[start..].find("\n}\n").expect("the end");
    file[start..start + end + 3].to_owned()
}

#[test]
fn five_invalid_routes_are_five_errors() {
    let found = errors(
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
fn routes_in_an_async_block_are_one_error() {
    let found = errors(
        r#"#[server]
        async fn shop(req: Request, res: Response) -> Result {
            let routes = async move {
                { route!("/" => "a"); route!("/b" => "b"); }
            };
            routes.await
        }"#,
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("`async` block"), "{found:#?}");
}

/// Lists of routes, and whether the last route of each is unreachable.
const REACHABILITY: &[(&str, bool)] = &[
    (r#"route!("/a" => "1"); route!("/a" => "2");"#, true),
    (r#"route!("/{x}" => f(x)); route!("/me" => "2");"#, true),
    (r#"route!("/{x: u8}" => f(x)); route!("/7" => "2");"#, true),
    (
        r#"route!("/{x: u8}" => f(x)); route!("/me" => "2");"#,
        false,
    ),
    (r#"route!("/x" if true => "1"); route!("/x" => "2");"#, true),
    (
        r#"route!("/{x: u8}" => f(x)); route!("/{y: u8}" => f(y));"#,
        true,
    ),
    (
        r#"route!("/{x: u8}" => f(x)); route!("/{y: u16}" => f(y));"#,
        false,
    ),
    (
        r#"route!("/{r..}" => f(r)); route!(POST "/x" => "2");"#,
        false,
    ),
    (
        r#"route!(ANY "/{r..}" => f(r)); route!(POST "/x" => "2");"#,
        true,
    ),
    (r#"route!("/x" if a => "1"); route!("/x" => "2");"#, false),
    (r#"route!("/x" => "1"); route!("/x" if a => "2");"#, true),
    (r#"route!("/x" => "1"); route!(HEAD "/x" => "2");"#, true),
    (
        r#"route!("/x" => "1"); route!(POST "/x" => "2"); route!(GET | POST "/x" => "3");"#,
        true,
    ),
    (
        r#"route!("/x" => "1"); route!(GET | POST "/x" => "3");"#,
        false,
    ),
    (
        r#"#[cfg(a)] route!("/x" => "1"); route!("/x" => "2");"#,
        false,
    ),
    (
        r#"#[cfg(a)] route!("/x" => "1"); #[cfg(a)] route!("/x" => "2");"#,
        true,
    ),
    (
        r#"route!("/x" => "1"); #[cfg(a)] route!("/x" => "2");"#,
        true,
    ),
    (
        r#"route!("/{f}.json" => f(f)); route!("/a.json" => "2");"#,
        true,
    ),
    (
        r#"route!("/{f}.json" => f(f)); route!("/a.xml" => "2");"#,
        false,
    ),
    (
        r#"route!("/{a}-{b}" => f(a, b)); route!("/x-{c}" => f(c));"#,
        true,
    ),
    (
        r#"route!("/a/{x}/c" => f(x)); route!("/a/b/{y}" => f(y));"#,
        false,
    ),
];

#[test]
fn an_unreachable_route_is_reported() {
    for &(routes, unreachable) in REACHABILITY {
        let source = format!("#[server] async fn shop(req: Request, res: Response) {{ {routes} }}");
        let found = errors(&source);
        let is_unreachable = found
            .iter()
            .any(|error| error.contains("unreachable route"));
        assert_eq!(
            (is_unreachable, found.len()),
            (unreachable, usize::from(unreachable)),
            "{routes}: {found:?}"
        );
    }
}

/// With the feature `openapi`, the type next to the function has more details; the handler stays the same.
#[test]
fn descriptions_are_additions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/expand");
    for source in sources(&folder) {
        let source = read(&source);
        let without = expansion(&source);
        let with = expansion_with(&source, true);
        let handler = |text: &str| text.split("/// Every route").next().map(str::to_owned);
        assert_eq!(handler(&without), handler(&with));
        assert!(with.contains("const __SERVER"), "{with}");
        assert!(!without.contains("__SERVER") && !without.contains(".guarded()"));
    }
}

#[test]
fn a_description_refers_to_types_and_guards() {
    let with = expansion_with(
        "/// The shop.\n#[server(security = KEY)]\nasync fn shop(req: Request, res: Response) -> Result<Sent, Mine> {\n\
             #[doc(hidden)]\n\
             route!(\"/{id: Id}/{number: u32}\" if id > 3 => format!(\"{id} {number}\"));\n\
         }",
        true,
    );
    let with: String = with.split_whitespace().collect();
    for part in [
        r#"typed("id","Id").described(::onward::__private::parameter_type!("Id",Id)),typed("number","u32")"#,
        ".guarded().hidden().of(&Self::__SERVER)",
        r#"server_info!("shop","Theshop.",(Result<Sent,Mine>),[KEY],false)"#,
    ] {
        assert!(with.contains(part), "{part}\n{with}");
    }
}

#[test]
fn options_for_documents_need_the_feature() {
    let source = "#[server(security = KEY)] async fn shop(req: Request, res: Response) { route!(\"/\" => \"1\"); }";
    let found = errors(source);
    assert_eq!(
        found,
        ["the option `security` needs the feature `openapi` of `onward`"]
    );
    assert!(!expansion_with(source, true).contains("compile_error"));
}
