//! The source files of a crate, without their tests.

use std::path::Path;

use syn::visit::{self, Visit};

/// A file of a crate.
pub(crate) struct Source {
    /// The path relative to the crate's `src`, with `/` as the separator.
    pub(crate) path: String,
    /// The number of lines, without those of test modules.
    pub(crate) lines: usize,
    pub(crate) syntax: syn::File,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut lines = text.lines().count();
        syntax.items.retain(|item| {
            let is_test = is_test(item);
            if is_test {
                lines -= line_count(item);
            }
            !is_test
        });
        Self {
            path: path.to_owned(),
            lines,
            syntax,
        }
    }

    /// Returns the modules that lead to this file: `["http", "server", "listen", "bind"]`.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').map(str::to_owned).collect()
    }

    /// Returns the folder or file of `http/` that this file belongs to: `server`, `limits`.
    pub(crate) fn http_part(&self) -> Option<&str> {
        let path = self.path.strip_prefix("http/")?;
        let part = path.split('/').next()?;
        Some(part.trim_end_matches(".rs"))
    }

    pub(crate) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    pub(crate) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Returns all files of `root`, except those that contain only tests.
pub(crate) fn sources(root: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(root);
    let mut sources = Vec::new();
    read(&root, "", &mut sources);
    assert!(sources.len() > 50, "{} files", sources.len());
    sources
}

fn read(folder: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        if matches!(&*name, "tests" | "tests.rs") {
            continue;
        }
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), sources);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            sources.push(Source::new(&path, &text));
        }
    }
}

/// Returns whether an item has `#[cfg(test)]`.
fn is_test(item: &syn::Item) -> bool {
    struct Finder(bool);

    impl<'ast> Visit<'ast> for Finder {
        fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
            if let syn::Meta::List(list) = &attribute.meta {
                self.0 |= list.path.is_ident("cfg") && list.tokens.to_string() == "test";
            }
        }

        // Only the item's own attributes count.
        fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
            item.attrs.iter().for_each(|it| self.visit_attribute(it));
        }

        fn visit_block(&mut self, _: &'ast syn::Block) {}
        fn visit_impl_item(&mut self, _: &'ast syn::ImplItem) {}
        fn visit_trait_item(&mut self, _: &'ast syn::TraitItem) {}
        fn visit_field(&mut self, _: &'ast syn::Field) {}
        fn visit_variant(&mut self, _: &'ast syn::Variant) {}
    }

    let mut finder = Finder(false);
    visit::visit_item(&mut finder, item);
    finder.0
}

/// Returns the number of lines from the first to the last token.
pub(crate) fn line_count(tokens: &impl quote::ToTokens) -> usize {
    let mut tokens = tokens.to_token_stream().into_iter();
    let Some(first) = tokens.next() else {
        return 0;
    };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    last.span().end().line + 1 - first.span().start().line
}
