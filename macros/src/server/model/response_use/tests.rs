//! Which expressions consume the response.

use super::*;
use proc_macro2::Span;

fn consumes(source: &str) -> bool {
    let tokens: TokenStream = source.parse().expect("the case is Rust");
    let response = Ident::new("res", Span::call_site());
    let found = match syn::parse2(tokens.clone()) {
        Ok(expr) => consumption(&expr, &response),
        Err(_) => consumption_in_tokens(&tokens, &response),
    };
    found.is_some()
}

#[test]
fn an_expression_that_moves_the_response_consumes_it() {
    let cases = [
        "res.end()",
        "(res).end_with(\"x\")",
        "admin(req.at(rest), res).await",
        "{ res.set_header(A, b); res.send(x) }",
        "match x { 1 => res.end(), _ => other(res) }",
        "{ let mut res = res; res.set_header(A, b); res.send(x) }",
        "{ let res = wrap(res); res.send(x) }",
        "{ let all = list.iter().map(|res| res.len()).sum(); res.send(all) }",
        "if let Some(x) = find() { res.send(x) } else { res.end() }",
        "async { return res.end() }.await",
        "(|| res.end())()",
        "matches!(res.send(x), Ok(_))",
        "json!({ \"a\": f(res) })",
        "tokio::join!(f(res))",
        "println!(\"{}\", f(res))",
        "select! { x = f() => res.send(x), }",
    ];
    for case in cases {
        assert!(consumes(case), "{case}");
    }
}

#[test]
fn an_expression_that_borrows_the_response_does_not_consume_it() {
    let cases = [
        "{ res.set_header(A, b); \"text\" }",
        "{ res.status_code = StatusCode::CREATED; \"text\" }",
        "{ res = Response::new(); \"text\" }",
        "{ res = wrap(res); \"text\" }",
        "{ add_headers(&mut res); \"text\" }",
        "{ if x { return Ok(res.end()); } \"text\" }",
        "{ if x { let sent = res.end(); log(); return Ok(sent); } \"text\" }",
        "{ let Some(x) = find() else { return Ok(res.end()) }; x }",
        "return Ok(res.end())",
        "Reply { res: 1 }",
        "reply.res",
        "\"res\"",
        "println!(\"{:?}\", res)",
        "json!({ \"a\": res.status_code })",
        "res.",
        "{ let x = 7; res. }",
    ];
    for case in cases {
        assert!(!consumes(case), "{case}");
    }
}

#[test]
fn another_variable_of_the_same_name_is_not_the_response() {
    let cases = [
        "{ let res = fetch().await; res.text() }",
        "{ let (_, res) = fetch().await; res }",
        "{ let Some(res) = find() else { return Err(e) }; res }",
        "match f() { Ok(res) => res, Err(error) => error.to_string() }",
        "match f() { (1, res @ 0..=9) | (_, res) if res > 3 => res, _ => 0 }",
        "if let Some(res) = find() { res } else { 0 }",
        "if let Some(res) = find() && res > 3 { res } else { 0 }",
        "{ while let Some(res) = next() { log(res) } \"text\" }",
        "{ for res in list() { log(res) } \"text\" }",
        "results.iter().map(|res| res).count()",
        "results.iter().map(|(_, res)| res).count()",
        "matches!(g(), Some(res) if res > 3).to_string()",
        "json!({ \"a\": match f() { Ok(res) => res, Err(_) => 0 } })",
        "{ fn inner(res: u8) -> u8 { res } inner(7) }",
        "{ let Point { res, .. } = point; res }",
    ];
    for case in cases {
        assert!(!consumes(case), "{case}");
    }
}
