//! Incomplete and arbitrary input.

use super::expansion;
use proc_macro2::TokenStream;

/// Incomplete code is not an error of the routes around it: the function, the other routes and the tokens themselves
/// are kept for the editor.
#[test]
fn unfinished_code_is_passed_through() {
    let cases = [
        (r#"route!("/x" => req.);"#, "req ."),
        (r#"route!("/x" => db.product(id).);"#, "db . product (id) ."),
        (r#"route!("/x" => { let x = req. });"#, "let x = req ."),
        (r#"route!("/x" if req. => "a");"#, "if req ."),
        (r#"req."#, "req ."),
        (r#"let user = req.;"#, "let user = req . ;"),
        (r#"route!(GET "/x" =>);"#, ""),
        (r#"route!(GET "/x");"#, ""),
        (r#"route!(GET);"#, ""),
        (r#"route!("/x" as => "a");"#, ""),
        (r#"route!();"#, ""),
    ];
    for (unfinished, kept) in cases {
        let source = format!(
            r#"#[server] async fn shop(req: Request, res: Response, db: Db) -> Result {{
                route!("/before" => before());
                route!("/after" => after());
                {unfinished}
            }}"#
        );
        let tokens: TokenStream = expansion(&source).parse().expect("tokens");
        let text = tokens.to_string();
        let flat = |text: &str| text.split_whitespace().collect::<String>();
        for expected in ["async fn shop", "before()", "after()", "\"/before\"", kept] {
            assert!(
                flat(&text).contains(&flat(expected)),
                "{unfinished} lacks {expected}\n{text}"
            );
        }
    }
}

/// Parts from which `route!` calls are composed.
const PIECES: &[&str] = &[
    "",
    "=>",
    "\"/x\"",
    "\"\"",
    "\"/{a}\"",
    "\"/{\"",
    "\"}\"",
    "\"/{{}}\"",
    "\"/:\"",
    "\"/*\"",
    "\"\\0\"",
    "\"☕\"",
    "\"/<>\"",
    "\"/[]\"",
    "\"/{:}\"",
    "\"/{..}\"",
    "\"/{a..b}\"",
    "\"/%\"",
    "\"/%zz\"",
    "\"?\"",
    "\"#\"",
    "\"\\\\\"",
    "\"://\"",
    "GET",
    "get",
    "|",
    "||",
    "as",
    "as x",
    "if",
    "if true",
    "_",
    "a",
    "{}",
    "()",
    "[]",
    "{ a; }",
    ",",
    ";",
    "b\"x\"",
    "'x'",
    "7",
    "r#type",
    "|x| x",
    "move",
    "async",
    "..",
    "&&",
    "!",
    "$",
    "::",
    "#[cfg(a)]",
    "#[cfg]",
    "#[doc]",
    "/// x\n",
    "'a",
    "let",
];

/// The macro returns tokens for any input of `route!`.
#[test]
fn no_input_panics() {
    for first in PIECES {
        for second in PIECES.iter().step_by(3) {
            for third in ["", "=> res.end(\"a\")"] {
                let route = format!("route!({first} {second} {third})");
                let source = format!(
                    "#[server] async fn shop(req: Request, res: Response) {{ {route}; {{ {route} }} }}"
                );
                if source.parse::<TokenStream>().is_ok() {
                    let _ = expansion(&source);
                }
            }
        }
    }
}
