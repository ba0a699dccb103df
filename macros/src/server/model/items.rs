//! The names that only the function can use: its generic parameters and the items inside it.

use super::Server;
use super::reply::names;
use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::{Block, GenericParam, Item, Stmt, UseTree};

/// Returns the generic parameter of the function that `ty` names, if there is one.
pub(crate) fn generic_in(server: &Server, ty: &TokenStream) -> Option<String> {
    let generics = &server.function.sig.generics;
    generics.params.iter().find_map(|generic| {
        match generic {
            GenericParam::Type(generic) => Some(generic.ident.to_string()),
            GenericParam::Const(generic) => Some(generic.ident.to_string()),
            GenericParam::Lifetime(_) => None,
        }
        .filter(|generic| names(ty, generic))
    })
}

/// Returns the type that is declared or imported inside the function and that `ty` names, if there is one.
pub(crate) fn inner_item(server: &Server, ty: &TokenStream) -> Option<String> {
    for code in server.statements() {
        let statements = Block::parse_within.parse2(code.clone());
        for statement in statements.unwrap_or_default() {
            let Stmt::Item(item) = statement else {
                continue;
            };
            let mut items = declared(&item).into_iter();
            if let Some(item) = items.find(|item| names(ty, item)) {
                return Some(item);
            }
        }
    }
    None
}

fn declared(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) => vec![item.ident.to_string()],
        Item::Enum(item) => vec![item.ident.to_string()],
        Item::Union(item) => vec![item.ident.to_string()],
        Item::Type(item) => vec![item.ident.to_string()],
        Item::Use(item) => imported(&item.tree),
        _ => Vec::new(),
    }
}

fn imported(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => imported(&path.tree),
        UseTree::Name(name) => vec![name.ident.to_string()],
        UseTree::Rename(rename) => vec![rename.rename.to_string()],
        UseTree::Group(group) => {
            let mut names = Vec::new();
            for tree in &group.items {
                names.extend(imported(tree));
            }
            names
        }
        UseTree::Glob(_) => Vec::new(),
    }
}
