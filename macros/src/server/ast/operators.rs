//! Operators and words from other languages that make code invalid as Rust.

use crate::messages;
use crate::tokens::{before, is_punct, stream};
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// Returns the position of the first operator or word from another language in code that is not valid Rust, and the
/// message for it.
pub(super) fn foreign_operator_in(code: &TokenStream) -> Option<(Span, String)> {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    (0..tokens.len()).find_map(|at| {
        let inside = || match &tokens[at] {
            TokenTree::Group(group) => foreign_operator_in(&group.stream()),
            _ => None,
        };
        foreign_operator(&tokens, at).or_else(inside)
    })
}

/// Returns the position and the message for an operator or a word from another language at `tokens[at]`:
///
/// ```text
/// admin ? "yes" : "no"
/// name ?? "none"
/// let add = (x) => x + 1;
/// f"hello {name}"
/// if a { … } elif b { … }
/// ```
pub(crate) fn foreign_operator(tokens: &[TokenTree], at: usize) -> Option<(Span, String)> {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    match &tokens[at..] {
        [TokenTree::Punct(sign), after @ ..] if sign.as_char() == '?' => {
            let message = question_mark(sign.span(), after)?;
            Some((sign.span(), message))
        }
        [TokenTree::Punct(sign), TokenTree::Group(value), ..]
            if sign.as_char() == '$' && value.delimiter() == Delimiter::Brace =>
        {
            let name = messages::source_text(&value.stream());
            let help = format!("use `format!(\"text {{{name}}}\")`");
            Some((sign.span(), messages::foreign_syntax("`${…}`", &help)))
        }
        [TokenTree::Punct(sign), TokenTree::Group(names), after @ ..]
            if sign.as_char() == '='
                && !is_comparison(before)
                && names.delimiter() == Delimiter::Parenthesis
                && is_arrow(after) =>
        {
            Some((names.span_open(), arrow_function(&names.stream())))
        }
        [TokenTree::Group(arguments), ..] if is_method(tokens, at) => {
            let inside: Vec<TokenTree> = arguments.stream().into_iter().collect();
            let name = match inside.as_slice() {
                [TokenTree::Group(names), after @ ..] if is_arrow(after) => names.stream(),
                [name @ TokenTree::Ident(_), after @ ..] if is_arrow(after) => name.clone().into(),
                _ => return None,
            };
            Some((inside.first()?.span(), arrow_function(&name)))
        }
        [TokenTree::Ident(word), after @ ..] if !is_punct(before, '.') => {
            let message = word_error(word, before, after)?;
            Some((word.span(), message))
        }
        _ => None,
    }
}

/// Returns the message for `a ? b : c`, `a ?? b` or `a ?: b`.
fn question_mark(place: Span, after: &[TokenTree]) -> Option<String> {
    let is_near = |token: &TokenTree| token.span().start().line == place.start().line;
    let default = match after {
        [second, value, ..] if is_punct(Some(second), '?') && is_operand(value) => Some(value),
        [colon, value, ..] if is_punct(Some(colon), ':') && is_operand(value) => Some(value),
        _ => None,
    };
    if let Some(value) = default.filter(|value| is_near(value)) {
        let help = format!("use `.unwrap_or({value})` on an `Option`");
        return Some(messages::foreign_syntax("this operator", &help));
    }
    after.first().filter(|it| is_operand(it) && is_near(it))?;
    let colon = after.iter().position(|it| is_punct(Some(it), ':'))?;
    let is_path = is_punct(after.get(colon + 1), ':');
    let is_value = |it: &TokenTree| match it {
        TokenTree::Punct(sign) => matches!(sign.as_char(), '.' | '&' | '!'),
        _ => true,
    };
    if is_path || !after[..colon].iter().all(is_value) {
        return None;
    }
    let (yes, no) = (&after[..colon], &after[colon + 1..]);
    let yes = messages::source_text(&stream(yes.to_vec()));
    let no = messages::source_text(&before(no, &mut |it| is_punct(it, ';')));
    let help = format!("use `if condition {{ {yes} }} else {{ {no} }}`");
    Some(messages::foreign_syntax("`condition ? a : b`", &help))
}

/// Returns whether a value may start with the token, in a place where Rust expects an operator.
fn is_operand(token: &TokenTree) -> bool {
    match token {
        TokenTree::Literal(_) => true,
        // `Ident` rejects keywords such as `else`.
        TokenTree::Ident(name) => {
            name != "Sized" && syn::parse2::<Ident>(token.clone().into()).is_ok()
        }
        _ => false,
    }
}

fn arrow_function(names: &TokenStream) -> String {
    let names = messages::source_text(names);
    messages::foreign_syntax(
        "`=>` in a function",
        &format!("use a closure: `|{names}| …`"),
    )
}

fn is_arrow(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), '=') && is_punct(tokens.get(1), '>')
}

fn is_comparison(before: Option<&TokenTree>) -> bool {
    ['=', '!', '<', '>']
        .iter()
        .any(|sign| is_punct(before, *sign))
}

/// Returns whether the group at `at` contains the arguments of a method.
fn is_method(tokens: &[TokenTree], at: usize) -> bool {
    let name = at.checked_sub(1).and_then(|at| tokens.get(at));
    let dot = at.checked_sub(2).and_then(|at| tokens.get(at));
    matches!(name, Some(TokenTree::Ident(_))) && is_punct(dot, '.')
}

fn word_error(word: &Ident, before: Option<&TokenTree>, after: &[TokenTree]) -> Option<String> {
    let text = word.to_string();
    let found = format!("`{text}`");
    let is_after_value = matches!(
        before,
        Some(TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Group(_))
    );
    let help = match (text.as_str(), after.first()?) {
        ("f" | "F", TokenTree::Literal(literal)) if touches(word.span(), literal.span()) => {
            let help = format!("use `format!({literal})`");
            return Some(messages::foreign_syntax(&format!("`{text}\"…\"`"), &help));
        }
        ("elif" | "elsif" | "elseif" | "elseIf", _)
            if matches!(before, Some(TokenTree::Group(_))) =>
        {
            "use `else if`".to_owned()
        }
        ("typeof", _) => {
            "remove it: every value has a known type; use `match`, or `.is_some()` on an `Option`"
                .to_owned()
        }
        ("unless", TokenTree::Ident(_)) => "use `if !condition { … }`".to_owned(),
        ("foreach", TokenTree::Ident(_)) => "use `for item in items { … }`".to_owned(),
        ("def" | "func" | "fun", TokenTree::Ident(name)) => {
            format!("use `async fn {name}(…)` outside of this function, or a closure")
        }
        ("print" | "echo" | "puts", TokenTree::Literal(literal)) => {
            format!("use `println!({literal})`")
        }
        ("new", TokenTree::Ident(ty)) if ty != "for" => messages::constructor_for_new(ty),
        ("function", TokenTree::Group(_)) if matches!(after.get(1), Some(TokenTree::Group(_))) => {
            "use the body of the function alone, or a closure: `|name| …`".to_owned()
        }
        ("lambda", TokenTree::Ident(name)) => format!("use a closure: `|{name}| …`"),
        ("import", TokenTree::Ident(_) | TokenTree::Group(_)) => {
            "use `use path::Name;` at the top of the file".to_owned()
        }
        ("is", TokenTree::Ident(_) | TokenTree::Literal(_)) if is_after_value => {
            "use `==`, or `.is_none()` and `.is_some()` on an `Option`".to_owned()
        }
        _ => return None,
    };
    Some(messages::foreign_syntax(&found, &help))
}

fn touches(first: Span, second: Span) -> bool {
    let (end, start) = (first.end(), second.start());
    end.line == start.line && end.column == start.column
}
