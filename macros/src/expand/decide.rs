//! placeholder

use super::names::Names;
use crate::model::Server;
use proc_macro2::TokenStream;

pub(super) fn expand_decide(_server: &Server, _names: &Names) -> TokenStream {
    TokenStream::new()
}
