//! The expansion is the code that the user would have written manually.

use proc_macro2::{Delimiter, Group};
use quote::quote;

use super::{expand, expand_in};

fn pretty(source: &str) -> String {
    pretty_tokens(&expand(source))
}

fn pretty_tokens(expansion: &proc_macro2::TokenStream) -> String {
    let file = syn::parse2(quote!(fn reply() { #expansion })).expect("the expansion is Rust");
    let file = prettyplease::unparse(&file);
    let body = file.strip_prefix("fn reply() {\n").expect("a function");
    let body = body.strip_suffix("}\n").expect("a function");
    body.lines()
        .map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line)))
        .collect()
}

#[test]
fn constant_text_is_one_call() {
    assert_eq!(
        pretty(r#"{ "shoes": [1, 2] }"#),
        "::onward::__private::json::text(\"{\\\"shoes\\\":[1,2]}\")\n"
    );
}

#[test]
fn expressions_are_written_between_constants() {
    let source = r#"{
        "id": user.id + 1,
        "tags": ["a", tag::<A, B>(|x, y| x + y), null],
        (key): fetch().await?,
        name.to_owned(): Point { x: 1, y: 2 },
    }"#;
    let expected = r#"{
    let mut __json = ::onward::__private::json::Writer::new(30usize);
    __json.text("{\"id\":");
    __json.value(&(user.id + 1));
    __json.text(",\"tags\":[\"a\",");
    __json.value(&(tag::<A, B>(|x, y| x + y)));
    __json.text(",null],");
    __json.key(key);
    __json.text(":");
    __json.value(&(fetch().await?));
    __json.text(",");
    __json.key(name.to_owned());
    __json.text(":");
    __json.value(&(Point { x: 1, y: 2 }));
    __json.text("}");
    __json.finish()
}
"#;
    assert_eq!(pretty(source), expected);
}

#[test]
fn an_expression_alone_has_no_constant_text() {
    let expected = "\
{
    let mut __json = ::onward::__private::json::Writer::new(0usize);
    __json.value(&(user));
    __json.finish()
}
";
    assert_eq!(pretty("user"), expected);
}

#[test]
fn what_begins_like_json_may_be_rust() {
    for source in [
        "[1, 2].len()",
        "{ x }.y",
        "1 + 1",
        "-x",
        "-1.0_f64.abs()",
        "true && x",
        "\"a\".len()",
        "1 as f64",
        "null.x",
        "\"a\"[..]",
        "nullable",
    ] {
        let tokens: proc_macro2::TokenStream = source.parse().expect("tokens");
        let expected = quote!(__json.value(&(#tokens));).to_string();
        for (written, delimiter) in [
            (source.to_owned(), Delimiter::Parenthesis),
            (format!("[{source}]"), Delimiter::Parenthesis),
            (
                format!("{{ \"a\": {source}, \"b\": 1 }}"),
                Delimiter::Parenthesis,
            ),
            (format!("1, {source}"), Delimiter::Bracket),
        ] {
            let expansion = expand_in(&written, Some(delimiter)).to_string();
            assert!(expansion.contains(&expected), "{written}: {expansion}");
        }
    }
}

/// rustc ignores invisible groups in the output of a procedural macro: `1 + 2` times three would be 7.
#[test]
fn captured_operations_keep_their_parentheses() {
    let sum = Group::new(Delimiter::None, quote!(1 + 2));
    let name = Group::new(Delimiter::None, quote!(a.b(c)));
    let ty = Group::new(Delimiter::None, quote!(Vec<u8>));
    let input = quote!([#sum * 3, f(#sum * 3), #name.d, <#ty>::new()]);
    let expansion = super::super::json(input, None, &quote!(::onward)).to_string();
    for expected in [
        quote!(&((1 + 2) * 3)),
        quote!(&(f((1 + 2) * 3))),
        quote!(&(a.b(c).d)),
        quote!(&(<Vec<u8>>::new())),
    ] {
        let expected = expected.to_string();
        // Invisible groups are printed as their contents, surrounded by spaces.
        let (shown, expected) = (expansion.replace(' ', ""), expected.replace(' ', ""));
        assert!(shown.contains(&expected), "{expected} in {shown}");
    }
}

#[test]
fn the_runtime_may_have_another_name() {
    let expansion = super::super::json(quote!(null), None, &quote!(crate::web));
    assert_eq!(
        pretty_tokens(&expansion),
        "crate::web::__private::json::text(\"null\")\n"
    );
}

/// If there is an error, the expressions are kept, so that the error causes no further errors.
#[test]
fn the_rest_is_compiled_next_to_an_error() {
    let expansion = expand(r#"{ "a": user.id, "b": , "c": req. }"#);
    let shown = pretty_tokens(&expansion);
    assert_eq!(
        shown.matches("::core::compile_error!").count(),
        2,
        "{shown}"
    );
    assert!(shown.contains("__json.value(&(user.id));"), "{shown}");
    assert!(shown.contains("let _ = &(req);"), "{shown}");
    assert!(shown.contains("__json.finish()"), "{shown}");
}
