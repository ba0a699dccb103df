//! `#[cfg]` attributes on code that only conditional routes need. Without them some names would be unused.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::Choice;

/// Predicates, one of which must hold, by their texts; `None` if the code is unconditional.
pub(super) type CfgPredicates = Option<BTreeMap<String, TokenStream>>;

/// The condition under which at least one of `routes` is compiled.
pub(super) fn of(choices: &[Choice<'_>], routes: &[usize]) -> CfgPredicates {
    let choices = routes.iter().filter_map(|route| choices.get(*route));
    let conditions = choices.map(|choice| {
        let condition = choice.cfg.clone()?;
        Some((condition.to_string(), condition))
    });
    conditions.collect()
}

/// The attribute for statements under `wanted`, unless `held` already implies it.
pub(super) fn attribute(wanted: &CfgPredicates, held: &CfgPredicates) -> Option<TokenStream> {
    let wanted = wanted.as_ref()?;
    let is_held = |held: &BTreeMap<_, _>| held.keys().eq(wanted.keys());
    if held.as_ref().is_some_and(is_held) {
        return None;
    }
    let conditions: Vec<_> = wanted.values().collect();
    Some(match conditions.as_slice() {
        [condition] => quote!(#[cfg(#condition)]),
        conditions => quote!(#[cfg(any(#(#conditions),*))]),
    })
}
