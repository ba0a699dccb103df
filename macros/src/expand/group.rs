//! Very many awaiting answers, in groups.
//!
//! rustc's memory grows with the square of the `.await`s in one async function: a thousand take more than
//! a gigabyte. Where there are that many, neighbours share an async block of their own, which rustc
//! compiles by itself:
//!
//! ```text
//! if let shop::A | shop::B { .. } | … = __route {
//!     return ::onward::__private::group::<Result, _>(async {
//!         if let shop::A = __route { return …; }
//!         if let shop::B { id } = __route { return …; }
//!         …
//!         ::onward::__private::not_found()
//!     })
//!     .await;
//! }
//! ```
//!
//! A block is not quite transparent: what one of its answers moves is moved when the block is entered, and
//! what is only borrowed stays borrowed across every `.await` in it. So small servers have none, and answers
//! that hand on an argument whole stay out.

use crate::model::{Route, Server, Statement, is_punct};
use proc_macro2::{TokenStream, TokenTree};

/// Up to so many awaiting answers rustc takes less memory than for the same routes of a run-time router.
const MANY: usize = 250;

/// How many answers share a block. Between 16 and 250 it makes no difference in memory or time; a small block
/// has a small frame on the stack of a debug build.
const GROUP: usize = 64;

/// The statements of the body, with the routes that share a block brought together.
pub(super) enum GroupItem<'a> {
    Statement(&'a Statement),
    Group(Vec<usize>),
}

/// Groups the routes of `server` if there are so many that rustc needs it.
pub(super) fn items(server: &Server) -> Vec<GroupItem<'_>> {
    let awaiting = server
        .routes
        .iter()
        .filter(|route| awaits(&route.reply.tokens));
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
            // The decision stands: between two routes there is nothing that the order would matter to.
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

/// Whether a route may share a block.
fn fits(route: &Route, arguments: &[String]) -> bool {
    let tokens = &route.reply.tokens;
    let is_plain = !route.is_guarded()
        && !route.reply.sends
        && route.attributes.cfgs.is_empty()
        && route.attributes.lints.is_empty();
    is_plain && awaits(tokens) && !hands_on(tokens, arguments)
}

pub(super) fn awaits(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.any(|token| match token {
        TokenTree::Ident(word) => word == "await",
        TokenTree::Group(group) => awaits(&group.stream()),
        _ => false,
    })
}

/// Whether an argument is named whole: neither borrowed nor asked for a field or a method.
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
