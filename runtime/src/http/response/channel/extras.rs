//! Parts that most responses do not have, in a separate allocation.

use std::fmt;

use http::StatusCode;

use crate::http::response::hooks::Hook;
use crate::http::response::hooks::run::HookRun;

#[derive(Default)]
pub(super) struct Extras {
    /// The hooks in the order in which they were added.
    pub(super) hooks: Vec<Hook>,
    /// The hooks, once they run.
    pub(super) run: Option<HookRun>,
    /// The status that the handler wrote, once the hooks run.
    pub(super) handler_status: Option<StatusCode>,
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras").finish_non_exhaustive()
    }
}
