//! The type of `todo!()` and `return …`, which stable Rust cannot name as `!`.

/// Whose output is what a function returns.
pub(crate) trait Returns {
    /// What it returns.
    type Output;
}

impl<T> Returns for fn() -> T {
    type Output = T;
}

/// `!`
pub(crate) type Never = <fn() -> ! as Returns>::Output;
