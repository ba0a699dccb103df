//! Methods of other frameworks that Onward lacks: calling one is a compile error that states what to write instead.

/// Declares a method on the emitter of a set of events. Its bound is never satisfied, and the message of the bound is
/// the compile error at the name of the method. A result of type `R` is inferred, to avoid further errors.
///
/// Without `for<'never>`, the bound would be an error at the declaration, because it has no parameters; with it, only
/// calls are errors.
macro_rules! habit {
    ($set:ident: $bound:ident $method:ident $(<$T:ident>)? ($($argument:tt),*) -> $returns:ty, $message:literal, $label:literal) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $bound {}

        impl $crate::events::Emitter<$set> {
            #[doc(hidden)]
            pub fn $method $(<$T>)? (&self, $($argument: impl ::core::marker::Sized),*) -> $returns
            where
                for<'never> $set: $bound,
            {
                unreachable!("no set of events satisfies the bound")
            }
        }
    };
}
pub(crate) use habit;

/// A name that a `#[server]` imports, so that importing an item of the program with that name never fails.
#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    () => {};
}
