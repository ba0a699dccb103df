//! The function that a call names.

use syn::{Expr, ExprCall};

/// Returns the path of the called function without type arguments, such as `std::thread::sleep`.
///
/// The checks ask this of every call in a server. The text of the tokens would cost many times more.
pub(super) fn callee(call: &ExprCall) -> Option<String> {
    let Expr::Path(function) = &*call.func else {
        return None;
    };
    let mut text = String::new();
    for segment in &function.path.segments {
        if !text.is_empty() {
            text.push_str("::");
        }
        text.push_str(&segment.ident.to_string());
    }
    Some(text)
}
