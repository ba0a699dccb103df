//! Methods of collections on the locks that hold them. Calling one is a compile error that states how to lock first.

use std::collections::{BTreeMap, HashMap, VecDeque};
use tokio::sync::{Mutex as AsyncMutex, RwLock as AsyncRwLock};

/// A value whose methods are reported if they are called on its lock.
#[doc(hidden)]
pub trait Collection {}

impl<T> Collection for Vec<T> {}
impl<T> Collection for VecDeque<T> {}
impl<K, V, S> Collection for HashMap<K, V, S> {}
impl<K, V> Collection for BTreeMap<K, V> {}
impl Collection for String {}

/// Declares a trait with these methods. They take `&mut self`, so that methods of the program's own traits that take `&self`
/// are found first.
macro_rules! methods {
    ($bound:ident $trait:ident: $($method:ident($($argument:tt),*))*) => {
        #[doc(hidden)]
        pub trait $trait: Sized {
            $(
                #[doc(hidden)]
                fn $method<R>(&mut self, $($argument: impl Sized),*) -> R
                where
                    for<'never> (): $bound,
                {
                    crate::habits::never()
                }
            )*
        }
    };
}

macro_rules! locks {
    ($($bound:ident $trait:ident for $lock:ty, $message:literal, $label:literal;)*) => {$(
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $bound {}

        methods! {
            $bound $trait: push(_) push_str(_) push_back(_) pop() pop_front() insert(_, _) remove(_) get(_) contains(_)
            contains_key(_) entry(_) extend(_) retain(_) len() is_empty() iter() keys() values() first() last() clear()
        }

        impl<C: Collection> $trait for $lock {}
    )*};
}

locks! {
    NoMethodOfMutex InMutex for std::sync::Mutex<C>,
        "a `Mutex` does not have the methods of its value", "use `.lock().unwrap()` before it";
    NoMethodOfRwLock InRwLock for std::sync::RwLock<C>,
        "an `RwLock` does not have the methods of its value", "use `.read().unwrap()` before it, or `.write().unwrap()` for a change";
    NoMethodOfAsyncMutex InAsyncMutex for AsyncMutex<C>,
        "a `Mutex` does not have the methods of its value", "use `.lock().await` before it";
    NoMethodOfAsyncRwLock InAsyncRwLock for AsyncRwLock<C>,
        "an `RwLock` does not have the methods of its value", "use `.read().await` before it, or `.write().await` for a change";
}
