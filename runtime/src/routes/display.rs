//! Displays a route in one line, in the order of the grammar.

use std::fmt;

use super::{RouteInfo, RouteQuery};

impl fmt::Display for RouteInfo {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<12} {}", self.methods.join(" | "), self.path)?;
        for (at, query) in self.query.iter().enumerate() {
            write!(f, "{}{query}", if at == 0 { '?' } else { '&' })?;
        }
        if let Some(body) = self.body {
            write!(f, "  ({body})")?;
        }
        if let Some(name) = self.name {
            write!(f, "  as {name}")?;
        }
        match self.reply {
            Some(reply) => write!(f, "  -> {reply}"),
            None => Ok(()),
        }
    }
}

/// Displays a parameter as written: `{page: u32 = 1}`, `per-page={size: u32}`, `{filter..: Filter}`.
impl fmt::Display for RouteQuery {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key != self.name && !self.all {
            write!(f, "{}=", self.key)?;
        }
        write!(f, "{{{}", self.name)?;
        let rest = if self.all { ".." } else { "" };
        write!(f, "{rest}: {}", self.ty)?;
        match self.default {
            Some(default) => write!(f, " = {}}}", default.text),
            None => f.write_str("}"),
        }
    }
}
