//! `#[cfg]`: what only conditional routes need stands under their condition, or names would go unused.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::Choice;

/// Conditions of which one has to hold, by their texts; `None` where nothing has to.
pub(super) type CfgPredicates = Option<BTreeMap<String, TokenStream>>;

/// The condition under which one of `routes` is there.
pub(super) fn of(choices: &[Choice<'_>], routes: &[usize]) -> CfgPredicates {
    let choices = routes.iter().filter_map(|route| choices.get(*route));
    let conditions = choices.map(|choice| {
        let condition = choice.cfg.clone()?;
        Some((condition.to_string(), condition))
    });
    conditions.collect()
}

/// The attribute for statements under `wanted` where `held` holds already.
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
