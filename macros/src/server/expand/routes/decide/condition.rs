//! `#[cfg]` attributes on code that only conditional routes need. Without them, some names would be unused.

use proc_macro2::TokenStream;
use quote::quote;

use super::Choice;

/// Predicates, one of which must hold, in the order of their texts; `None` if the code is unconditional.
pub(super) type CfgPredicates = Option<Vec<(String, TokenStream)>>;

/// Returns the condition under which at least one of `routes` is compiled.
pub(super) fn of(choices: &[Choice<'_>], routes: &[usize]) -> CfgPredicates {
    let mut conditions: Vec<(String, TokenStream)> = Vec::new();
    for route in routes {
        let Some(choice) = choices.get(*route) else {
            continue;
        };
        let condition = choice.cfg.clone()?;
        let text = condition.to_string();
        let mut at = 0;
        while at < conditions.len() && conditions[at].0 < text {
            at += 1;
        }
        if conditions.get(at).is_none_or(|(other, _)| *other != text) {
            conditions.insert(at, (text, condition));
        }
    }
    Some(conditions)
}

/// Returns the attribute for statements under `wanted`, unless `held` already implies it.
pub(super) fn attribute(wanted: &CfgPredicates, held: &CfgPredicates) -> Option<TokenStream> {
    let wanted = wanted.as_ref()?;
    if let Some(held) = held
        && texts(held) == texts(wanted)
    {
        return None;
    }
    let conditions: Vec<&TokenStream> = wanted.iter().map(|(_, condition)| condition).collect();
    Some(match conditions.as_slice() {
        [condition] => quote!(#[cfg(#condition)]),
        conditions => quote!(#[cfg(any(#(#conditions),*))]),
    })
}

fn texts(conditions: &[(String, TokenStream)]) -> Vec<&str> {
    conditions.iter().map(|(text, _)| text.as_str()).collect()
}
