//! Methods of other frameworks that Onward lacks: calling one is a compile error that states what to write instead.

/// Declares a method on the emitter of a set of events. The method has a bound that is never satisfied, so a call to it
/// is a compile error at the method's name, with the message of the bound. If the return type is a type parameter, it
/// is inferred, so the call causes no further errors.
///
/// Without `for<'never>`, rustc would reject the declaration, because the bound contains no type parameter; with it,
/// rustc rejects only calls.
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
                $crate::habits::never()
            }
        }
    };
}
pub(crate) use habit;

/// Serves as the body of a function whose bound is never satisfied.
pub(crate) fn never() -> ! {
    unreachable!("nothing satisfies the bound")
}

#[diagnostic::on_unimplemented(
    message = "`route!` can only be used in the body of a `#[server]` function, under the name `route`",
    label = "not in a `#[server]` function",
    note = "move it into `#[server] async fn name(req: Request, res: Response) -> Result {{ … }}`",
    note = "a macro that generates routes must generate that function as well"
)]
pub trait InServer {}

/// Stands for a `route!` that is not in a `#[server]` function. Its value is returned, so that rustc does not also report
/// that the function has no value. rustc reports it after names that do not exist, such as that of a misspelled
/// `#[server]`.
pub fn route_outside_server<R>() -> R
where
    for<'never> (): InServer,
{
    never()
}

/// Declares a function of a type, or a method if `self` precedes the bound. A call to it is an error in the same way as
/// with `habit!`. The result has the type that the calling code expects.
macro_rules! missing {
    ($type:ty: $bound:ident $function:ident($($argument:tt),*), $message:literal, $label:literal) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $bound {}

        #[allow(clippy::new_ret_no_self)]
        impl $type {
            #[doc(hidden)]
            pub fn $function<R>($($argument: impl ::core::marker::Sized),*) -> R
            where
                for<'never> (): $bound,
            {
                $crate::habits::never()
            }
        }
    };
    ($type:ty: $self:ident $bound:ident $method:ident($($argument:tt),*), $message:literal, $label:literal) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $bound {}

        impl $type {
            #[doc(hidden)]
            pub fn $method<R>(&$self, $($argument: impl ::core::marker::Sized),*) -> R
            where
                for<'never> (): $bound,
            {
                $crate::habits::never()
            }
        }
    };
}
pub(crate) use missing;

/// A macro that a `#[server]` imports under a name that the program may or may not declare, so that importing that name
/// never fails.
#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    () => {};
}

#[diagnostic::on_unimplemented(
    message = "`{Self}` is held across an `.await`, so the handler cannot move to another thread",
    label = "this is held across an `.await`",
    note = "use a block that ends before the `.await`, because `drop` is not enough: `let value = {{ let guard = lock.lock().unwrap(); guard.clone() }};`",
    note = "or use `tokio::sync::Mutex`, whose guard may be held across an `.await`: `let mut guard = lock.lock().await;`",
    note = "use `Arc` in place of `Rc`, and a `Mutex` in place of a `RefCell`",
    note = "add `+ Send + Sync` to a `dyn Trait`: `Box<dyn Error + Send + Sync>`"
)]
pub trait HeldAcrossAwait {}

#[diagnostic::do_not_recommend]
impl<T: Send> HeldAcrossAwait for T {}

/// Accepts only a value that is `Send`. Generated code calls this function after a statement that declares a lock
/// guard, a borrow or an `Rc`, if the variable is still held at a later `.await`.
#[doc(hidden)]
pub const fn held_across_await<T: HeldAcrossAwait>(_: &T) {}

#[diagnostic::on_unimplemented(
    message = "`{Self}` is held across an `.await`, so the handler cannot move to another thread",
    label = "this is held until the end of the `match`, `if let`, `for` or statement",
    note = "use a separate statement to take the value out of it: `let value = lock.lock().unwrap().clone();`",
    note = "or use `tokio::sync::Mutex`, whose guard may be held across an `.await`: `lock.lock().await`"
)]
pub trait HeldUntilEnd {}

#[diagnostic::do_not_recommend]
impl<T: Send> HeldUntilEnd for T {}

/// Does the same as [`held_across_await`] for a guard that is not in a variable.
#[doc(hidden)]
pub const fn held_until_end<T: HeldUntilEnd>(guard: T) -> T {
    guard
}
