//! Types that share a name, and uses of `thread_local!`.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};

use crate::Violation;
use crate::source::Source;

/// The supertrait that prevents users from implementing a trait. By convention it has this name everywhere.
const SEALED: &str = "Sealed";

/// Returns the types of `http/` that share their name with another type of `http/`.
pub(crate) fn duplicates(sources: &[Source]) -> Vec<Violation> {
    let mut types = BTreeMap::<String, Vec<(&Source, usize)>>::new();
    for source in sources.iter().filter(|it| it.http_part().is_some()) {
        let mut finder = Types::default();
        finder.visit_file(&source.syntax);
        for (name, line) in finder.0 {
            types.entry(name).or_default().push((source, line));
        }
    }
    types.remove(SEALED);
    let mut violations = Vec::new();
    for (name, uses) in types {
        for (index, &(source, line)) in uses.iter().enumerate().skip(1) {
            let first = &uses[index - 1].0.path;
            let message = format!("`{name}` is also the name of a type in {first}");
            violations.push(Violation::new(source, line, message));
        }
    }
    violations
}

#[derive(Default)]
struct Types(Vec<(String, usize)>);

impl Types {
    fn add(&mut self, name: &syn::Ident) {
        self.0.push((name.to_string(), name.span().start().line));
    }
}

impl<'ast> Visit<'ast> for Types {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Struct(it) => self.add(&it.ident),
            syn::Item::Enum(it) => self.add(&it.ident),
            syn::Item::Trait(it) => self.add(&it.ident),
            syn::Item::Type(it) => self.add(&it.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }
}

/// Returns the uses of `thread_local!` in `http/`, outside of a file `scratch.rs`.
pub(crate) fn thread_locals(source: &Source) -> Vec<Violation> {
    struct Finder(Vec<usize>);

    impl<'ast> Visit<'ast> for Finder {
        fn visit_macro(&mut self, it: &'ast syn::Macro) {
            let name = it.path.segments.last();
            if let Some(name) = name.filter(|name| name.ident == "thread_local") {
                self.0.push(name.ident.span().start().line);
            }
        }
    }

    let mut finder = Finder(Vec::new());
    if source.path.starts_with("http/") && source.file_name() != "scratch.rs" {
        finder.visit_file(&source.syntax);
    }
    let message = || "`thread_local!` outside of `scratch.rs`".to_owned();
    let lines = finder.0.into_iter();
    lines
        .map(|line| Violation::new(source, line, message()))
        .collect()
}

#[test]
fn a_second_type_of_the_same_name_is_found() {
    let one = Source::new(
        "http/a.rs",
        "struct A;\ntype B = A;\nmod m { trait Sealed {} }",
    );
    let other = Source::new(
        "http/b.rs",
        "trait B {}\n\nfn f() { enum A {} }\ntrait Sealed {}",
    );
    let outside = Source::new("b.rs", "struct A;");
    let found = duplicates(&[one, other, outside]);
    let found: Vec<_> = found.iter().map(|it| (it.line, &*it.message)).collect();
    assert_eq!(
        found,
        [
            (3, "`A` is also the name of a type in http/a.rs"),
            (1, "`B` is also the name of a type in http/a.rs")
        ]
    );
}

#[test]
fn a_thread_local_is_found() {
    let text = "fn f() {\n    std::thread_local! { static A: u8 = 0; }\n}";
    assert_eq!(thread_locals(&Source::new("http/a.rs", text))[0].line, 2);
    assert!(thread_locals(&Source::new("http/b/scratch.rs", text)).is_empty());
}
