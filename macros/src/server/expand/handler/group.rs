//! Groups routes whose expressions await, in very large servers.
//!
//! rustc's memory grows with the square of the number of `.await`s in an async function: a thousand take more than a
//! gigabyte. Above a limit, adjacent routes share an async block, which rustc compiles separately:
//!
//! ```text
//! if let __Route::A | __Route::B { .. } | … = __route {
//!     return ::onward::__private::group::<Result, _>(async {
//!         if let __Route::A = __route { return …; }
//!         if let __Route::B { id } = __route { return …; }
//!         …
//!         ::onward::__private::not_found()
//!     })
//!     .await;
//! }
//! ```
//!
//! A block is not fully transparent: a value that one of its routes moves is moved when the block is entered, and a
//! borrowed value stays borrowed across every `.await` in the block. So small servers have no groups, and routes that
//! pass on a whole argument are not grouped.

use crate::server::model::{Route, Server, Statement};
use crate::tokens::is_punct;
use proc_macro2::{TokenStream, TokenTree};

/// The number of awaiting routes above which they are grouped. Up to this number, rustc needs less memory than for
/// the same routes in a run-time router.
const MANY: usize = 250;

/// The number of routes per block. Values from 16 to 250 make no difference in memory or time; small blocks have small
/// stack frames in debug builds.
const GROUP: usize = 64;

/// A statement of the body, or the routes of one block.
pub(super) enum GroupItem<'a> {
    Statement(&'a Statement),
    Group(Vec<usize>),
}

/// Groups the routes of `server` if there are more than [`MANY`].
pub(super) fn items(server: &Server) -> Vec<GroupItem<'_>> {
    let awaiting = server
        .routes
        .iter()
        .filter(|route| route.reads_body() || awaits(&route.reply.tokens));
    if awaiting.count() <= MANY {
        return server.body.iter().map(GroupItem::Statement).collect();
    }
    let arguments = server.argument_names();
    let mut items = Vec::new();
    let mut waiting = Vec::new();
    for statement in &server.body {
        match statement {
            Statement::Route(index) if fits(&server.routes[*index], &arguments) => {
                waiting.push(*index);
            }
            // The order is irrelevant here: the decision is already made, and there is no code between this route and
            // the routes in `waiting`.
            Statement::Route(index) if !server.routes[*index].is_guarded() => {
                items.push(GroupItem::Statement(statement));
            }
            _ => {
                flush(&mut waiting, &mut items);
                items.push(GroupItem::Statement(statement));
            }
        }
    }
    flush(&mut waiting, &mut items);
    items
}

fn flush(waiting: &mut Vec<usize>, items: &mut Vec<GroupItem<'_>>) {
    let groups = waiting
        .chunks(GROUP)
        .map(|group| GroupItem::Group(group.to_vec()));
    items.extend(groups);
    waiting.clear();
}

/// Returns whether a route may be part of a group.
fn fits(route: &Route, arguments: &[String]) -> bool {
    let tokens = &route.reply.tokens;
    let is_plain = !route.is_guarded()
        && !route.reply.sends
        && route.attributes.cfgs.is_empty()
        && route.attributes.lints.is_empty();
    is_plain && (route.reads_body() || awaits(tokens)) && !hands_on(tokens, arguments)
}

pub(super) fn awaits(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.any(|token| match token {
        TokenTree::Ident(word) => word == "await",
        TokenTree::Group(group) => awaits(&group.stream()),
        _ => false,
    })
}

/// Returns whether an argument is moved as a whole, rather than borrowed or accessed through a field or a method.
fn hands_on(tokens: &TokenStream, arguments: &[String]) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => hands_on(&group.stream(), arguments),
        TokenTree::Ident(word) => {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let is_part = is_punct(before, '.') || is_punct(tokens.get(at + 1), '.');
            let is_argument = arguments.iter().any(|argument| word == argument);
            is_argument && !is_part && !is_punct(before, '&')
        }
        _ => false,
    })
}
