//! What HTTP itself defines: methods, and the names of statuses.

pub(crate) mod methods;
pub(crate) mod status;
