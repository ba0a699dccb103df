//! The parts of the default features that many programs do not use.
//!
//! Their functions are `#[inline]`: rustc then compiles a function only for the programs that call it, not for every
//! program that depends on the crate. This saves a fifth of the code that is generated for hello world.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::Violation;
use crate::source::Source;

/// Folders and files of `runtime/src`.
const OPTIONAL: [&str; 22] = [
    "contract/",
    "http/request/client_addr.rs",
    "http/request/convert.rs",
    "http/request/detached.rs",
    "http/request/query/",
    "http/response/sent.rs",
    "http/server/options.rs",
    "http/server/run.rs",
    "live/",
    "observe/access_log/",
    "observe/outcome.rs",
    "observe/request_id.rs",
    "routes/",
    "routing/under.rs",
    "site/accept.rs",
    "site/accept_encoding.rs",
    "site/cors/",
    "site/csrf.rs",
    "site/etag.rs",
    "site/readiness.rs",
    "site/redirect.rs",
    "site/security_headers.rs",
];

/// Returns the functions of an optional part that are compiled for all programs.
pub(crate) fn violations(source: &Source) -> Vec<Violation> {
    let mut functions = Functions {
        source,
        violations: Vec::new(),
    };
    if OPTIONAL.iter().any(|part| source.path.starts_with(part)) {
        functions.visit_file(&source.syntax);
    }
    functions.violations
}

struct Functions<'a> {
    source: &'a Source,
    violations: Vec<Violation>,
}

impl Functions<'_> {
    fn check(&mut self, attributes: &[syn::Attribute], signature: &syn::Signature) {
        let is_inline = |attribute: &syn::Attribute| attribute.path().is_ident("inline");
        if !attributes.iter().any(is_inline) {
            let message = format!(
                "`{}` belongs to an optional part, so it must be `#[inline]`",
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
        self.check(&function.attrs, &function.sig);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check(&function.attrs, &function.sig);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if function.default.is_some() {
            self.check(&function.attrs, &function.sig);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[test]
fn a_function_of_an_optional_part_must_be_inline() {
    let text = "#[inline]\nfn a() {}\ntrait T {\n    fn b();\n    fn c() {}\n}\nfn d() {}\n";
    let messages = |path| {
        let found = violations(&Source::new(path, text));
        found.into_iter().map(|it| it.line).collect::<Vec<_>>()
    };
    assert_eq!(messages("live/ring.rs"), [5, 7]);
    assert_eq!(messages("http/limits.rs"), [0; 0]);
}
