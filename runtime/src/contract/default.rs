//! The default of a query parameter: `= DEFAULT`.

/// Converts the default of a query parameter to its type.
#[inline]
pub fn default<T, D: DefaultOf<T>>(value: D) -> T {
    value.into_default()
}

/// The bound of a literal or a constant that is the default of a query parameter of type `T`.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be the default of a query parameter of type `{T}`",
    label = "the default must be a `{T}`, or convert to it",
    note = "use a literal or a constant of the type of the parameter; for a `String`, use a `&str`"
)]
pub trait DefaultOf<T> {
    /// Returns the value of the parameter.
    fn into_default(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, D: Into<T>> DefaultOf<T> for D {
    #[inline]
    fn into_default(self) -> T {
        self.into()
    }
}
