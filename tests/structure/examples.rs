//! Every item of the public API has an example in its documentation.
//!
//! An item is public if a public module exports its name. Fields, variants and the methods that a trait requires are
//! covered by the example of their type or trait; items that a macro generates and functions that generated code calls
//! are not checked.

use std::collections::HashSet;

use syn::visit::{self, Visit};

use crate::Violation;
use crate::source::Source;

/// Returns the public items without an example.
pub(crate) fn violations(sources: &[Source]) -> Vec<Violation> {
    let exported = exported(sources);
    let mut violations = Vec::new();
    for source in sources.iter().filter(|it| it.folder() != "routing") {
        let mut items = Items {
            source,
            exported: &exported,
            violations: Vec::new(),
        };
        items.visit_file(&source.syntax);
        violations.append(&mut items.violations);
    }
    violations
}

/// Returns the names that public modules export with `pub use` or define themselves.
fn exported(sources: &[Source]) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let names_of = |path: &str| match path {
            "" => ["lib.rs".to_owned(), String::new()],
            path => [format!("{path}.rs"), format!("{path}/mod.rs")],
        };
        let files = names_of(&folder);
        for source in sources.iter().filter(|it| files.contains(&it.path)) {
            for module in export(&source.syntax.items, &mut names) {
                folders.push(format!("{folder}/{module}").trim_matches('/').to_owned());
            }
        }
    }
    names
}

/// Adds the names that a module exports. Returns its public modules in other files.
fn export(items: &[syn::Item], names: &mut HashSet<String>) -> Vec<String> {
    let mut modules = Vec::new();
    for item in items {
        match item {
            syn::Item::Use(it) if is_public(&it.vis, &it.attrs) => leaves(&it.tree, names),
            syn::Item::Mod(it) if is_public(&it.vis, &it.attrs) => match &it.content {
                Some((_, items)) => modules.extend(export(items, names)),
                None => modules.push(it.ident.to_string()),
            },
            item => {
                if let Some((name, _)) = public(item) {
                    names.insert(name);
                }
            }
        }
    }
    modules
}

fn leaves(tree: &syn::UseTree, names: &mut HashSet<String>) {
    match tree {
        syn::UseTree::Path(it) => leaves(&it.tree, names),
        syn::UseTree::Group(it) => it.items.iter().for_each(|it| leaves(it, names)),
        syn::UseTree::Name(it) => names.extend([it.ident.to_string()]),
        syn::UseTree::Rename(it) => names.extend([it.ident.to_string()]),
        syn::UseTree::Glob(_) => {}
    }
}

/// Returns the name and the attributes of an item, if it is `pub`, not hidden from the documentation, and can have an
/// example.
fn public(item: &syn::Item) -> Option<(String, &[syn::Attribute])> {
    let (name, vis, attrs) = match item {
        syn::Item::Const(it) => (&it.ident, &it.vis, &it.attrs),
        syn::Item::Enum(it) => (&it.ident, &it.vis, &it.attrs),
        syn::Item::Fn(it) => (&it.sig.ident, &it.vis, &it.attrs),
        syn::Item::Static(it) => (&it.ident, &it.vis, &it.attrs),
        syn::Item::Struct(it) => (&it.ident, &it.vis, &it.attrs),
        syn::Item::Trait(it) => (&it.ident, &it.vis, &it.attrs),
        syn::Item::Type(it) => (&it.ident, &it.vis, &it.attrs),
        _ => return None,
    };
    is_public(vis, attrs).then(|| (name.to_string(), &attrs[..]))
}

fn is_public(vis: &syn::Visibility, attrs: &[syn::Attribute]) -> bool {
    matches!(vis, syn::Visibility::Public(_)) && !is_hidden(attrs)
}

fn is_hidden(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|it| match &it.meta {
        syn::Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// Returns whether the documentation contains code below the heading `# Examples`.
fn has_example(attrs: &[syn::Attribute]) -> bool {
    let lines = attrs.iter().filter_map(|it| match &it.meta {
        syn::Meta::NameValue(it) if it.path.is_ident("doc") => match &it.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let mut lines = lines.skip_while(|line| line.trim() != "# Examples");
    lines.any(|line| line.trim_start().starts_with("```"))
}

struct Items<'a> {
    source: &'a Source,
    exported: &'a HashSet<String>,
    violations: Vec<Violation>,
}

impl Items<'_> {
    fn check(&mut self, name: &syn::Ident, attrs: &[syn::Attribute]) {
        if !has_example(attrs) && !is_hidden(attrs) {
            let line = name.span().start().line;
            let message = format!("`{name}` has no example");
            self.violations
                .push(Violation::new(self.source, line, message));
        }
    }

    fn is_exported(&self, ty: &syn::Type) -> bool {
        let syn::Type::Path(path) = ty else {
            return false;
        };
        let name = path.path.segments.last();
        name.is_some_and(|it| self.exported.contains(&it.ident.to_string()))
    }
}

impl<'ast> Visit<'ast> for Items<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if let Some((name, attrs)) = public(item)
            && self.exported.contains(&name)
        {
            let name = syn::Ident::new(&name, syn::spanned::Spanned::span(item));
            self.check(&name, attrs);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.is_some() || !self.is_exported(&item.self_ty) || is_hidden(&item.attrs) {
            return;
        }
        for item in &item.items {
            match item {
                syn::ImplItem::Fn(it) if is_public(&it.vis, &it.attrs) => {
                    self.check(&it.sig.ident, &it.attrs);
                }
                syn::ImplItem::Const(it) if is_public(&it.vis, &it.attrs) => {
                    self.check(&it.ident, &it.attrs);
                }
                _ => {}
            }
        }
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        if !is_public(&item.vis, &item.attrs) || !self.exported.contains(&item.ident.to_string()) {
            return;
        }
        for item in &item.items {
            if let syn::TraitItem::Fn(it) = item
                && it.default.is_some()
            {
                self.check(&it.sig.ident, &it.attrs);
            }
        }
    }
}

#[test]
fn an_item_without_code_below_its_heading_is_found() {
    let example = "/// A.\n///\n/// # Examples\n///\n/// ```\n/// ```\n";
    let library = Source::new(
        "lib.rs",
        "mod a;\npub use a::{A, f as g, B};\npub mod b { pub use crate::a::C; }",
    );
    let text = format!(
        "{example}pub struct A;\nimpl A {{\n/// # Examples\n///\n/// See [`B`].\npub fn see() {{}}\nfn private() {{}}\n}}\n\
         pub fn f() {{}}\n#[doc(hidden)]\npub trait B {{}}\npub struct C;\npub struct NotExported;\n"
    );
    let sources = [library, Source::new("a.rs", &text)];
    let found: Vec<String> = violations(&sources)
        .into_iter()
        .map(|it| it.message)
        .collect();
    assert_eq!(
        found,
        [
            "`see` has no example",
            "`f` has no example",
            "`C` has no example"
        ]
    );
}
