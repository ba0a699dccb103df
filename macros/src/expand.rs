//! From the checked server to tokens.

mod decide;
