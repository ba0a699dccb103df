//! The sizes of files, functions and folders.

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::Violation;
use crate::source::{Source, line_count};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 50;
const FOLDER_FILES: usize = 14;

/// Returns the file, if it is too long, and its functions that are too long.
pub(crate) fn violations(source: &Source) -> Vec<Violation> {
    let mut functions = Functions {
        source,
        violations: Vec::new(),
    };
    functions.visit_file(&source.syntax);
    let mut violations = functions.violations;
    if source.lines > FILE_LINES {
        let message = format!("{} lines; the limit is {FILE_LINES}", source.lines);
        violations.push(Violation::new(source, 1, message));
    }
    violations
}

/// Returns the folders with too many files.
pub(crate) fn folders(sources: &[Source]) -> Vec<Violation> {
    let mut folders = BTreeMap::<&str, Vec<&Source>>::new();
    for source in sources {
        folders.entry(source.folder()).or_default().push(source);
    }
    let full = folders
        .iter()
        .filter(|(_, files)| files.len() > FOLDER_FILES);
    full.map(|(folder, files)| {
        let message = format!(
            "{} files in `{folder}`; the limit is {FOLDER_FILES}",
            files.len()
        );
        Violation::new(files[0], 1, message)
    })
    .collect()
}

struct Functions<'a> {
    source: &'a Source,
    violations: Vec<Violation>,
}

impl Functions<'_> {
    fn check(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = line_count(signature) + line_count(block) - 1;
        if lines > FUNCTION_LINES {
            let message = format!(
                "`{}` has {lines} lines; the limit is {FUNCTION_LINES}",
                signature.ident
            );
            let line = signature.span().start().line;
            self.violations
                .push(Violation::new(self.source, line, message));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.check(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[test]
fn a_long_function_is_found_and_its_docs_are_not_counted() {
    let function = |body: usize| {
        let (docs, body) = ("/// More.\n".repeat(60), "    f();\n".repeat(body));
        Source::new("a.rs", &format!("impl A {{\n{docs}fn f() {{\n{body}}}\n}}"))
    };
    assert_eq!(violations(&function(48)).len(), 0);
    let found = violations(&function(49));
    assert_eq!(found[0].message, "`f` has 51 lines; the limit is 50");
    assert_eq!(found[0].line, 62);
}

#[test]
fn the_lines_of_tests_are_not_counted() {
    let tests = "#[cfg(test)]\nmod tests {\n".to_owned() + &"fn f() {}\n".repeat(500) + "}\n";
    let source = Source::new("a.rs", &format!("fn f() {{}}\n\n{tests}"));
    assert_eq!(source.lines, 2);
    let source = Source::new("a.rs", &"const A: u8 = 0;\n".repeat(401));
    assert_eq!(
        violations(&source)[0].message,
        "401 lines; the limit is 400"
    );
}
