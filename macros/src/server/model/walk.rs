//! Visits the parts of a piece of code. syn's visitor is large and is compiled for every type that implements `Visit`,
//! so all rules share this one.

use syn::visit::{self, Visit};
use syn::{
    AngleBracketedGenericArguments, Arm, Attribute, Block, Expr, Item, Local, Macro, Pat, Path,
    Type,
};

/// Skips the parts of functions and other items, which cannot use the variables around them, and types, paths and
/// attributes, which contain no code that runs.
pub(crate) enum Walk<'a> {
    /// Called for each expression; returns whether to visit its parts.
    Exprs(&'a mut dyn FnMut(&Expr) -> bool),
    /// Called for each pattern that is not inside another one.
    Pats(&'a mut dyn FnMut(&Pat)),
    Rule(&'a mut dyn Visitor),
}

/// A rule with state. Methods that return a `bool` return whether to visit the parts of their argument.
pub(crate) trait Visitor {
    fn expr(&mut self, _: &Expr) -> bool {
        true
    }

    fn pat(&mut self, _: &Pat) -> bool {
        true
    }

    fn block(&mut self, _: &Block) -> bool {
        true
    }

    fn local(&mut self, _: &Local) -> bool {
        true
    }

    fn arm(&mut self, _: &Arm) -> bool {
        true
    }

    fn item(&mut self, _: &Item) {}

    fn macro_call(&mut self, _: &Macro) {}
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let descends = match self {
            Self::Exprs(on_expr) => on_expr(expr),
            Self::Pats(_) => true,
            Self::Rule(rule) => rule.expr(expr),
        };
        if descends {
            visit::visit_expr(self, expr);
        }
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        let descends = match self {
            Self::Exprs(_) => true,
            Self::Pats(on_pat) => {
                on_pat(pat);
                false
            }
            Self::Rule(rule) => rule.pat(pat),
        };
        if descends {
            visit::visit_pat(self, pat);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let descends = match self {
            Self::Rule(rule) => rule.block(block),
            _ => true,
        };
        if descends {
            visit::visit_block(self, block);
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let descends = match self {
            Self::Rule(rule) => rule.local(local),
            _ => true,
        };
        if descends {
            visit::visit_local(self, local);
        }
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let descends = match self {
            Self::Rule(rule) => rule.arm(arm),
            _ => true,
        };
        if descends {
            visit::visit_arm(self, arm);
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if let Self::Rule(rule) = self {
            rule.item(item);
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if let Self::Rule(rule) = self {
            rule.macro_call(call);
        }
    }

    fn visit_angle_bracketed_generic_arguments(&mut self, _: &'ast AngleBracketedGenericArguments) {
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_path(&mut self, _: &'ast Path) {}

    fn visit_type(&mut self, _: &'ast Type) {}
}
