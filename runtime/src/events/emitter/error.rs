//! The event `Error`, which must not go unheard.

use std::borrow::Borrow;

use super::Emitter;
use crate::events::event::{EventSet, FallibleSet};

impl<Set: EventSet> Emitter<Set> {
    /// Emits the event `Error` of the set; if nobody listens, the caller gets the error back.
    ///
    /// It takes the error or a reference to it. The listeners of [`ErrorMonitor`](crate::events::ErrorMonitor) are
    /// called first, whether there are others or not.
    ///
    /// ```
    /// use onward::events::Emitter;
    /// use std::io;
    ///
    /// onward::events! { pub DiskEvents { Error(io::Error) } }
    ///
    /// fn write(disk: &Emitter<DiskEvents>) -> io::Result<()> {
    ///     disk.emit_error(io::Error::other("the disk is full"))
    /// }
    ///
    /// let disk: Emitter<DiskEvents> = Emitter::new();
    /// assert_eq!(write(&disk).unwrap_err().to_string(), "the disk is full");
    ///
    /// disk.on(Error, |error| eprintln!("{error}"));
    /// assert!(write(&disk).is_ok()); // somebody heard of it
    /// ```
    ///
    /// # Errors
    ///
    /// The error that was passed, if `Error` has no listener.
    ///
    /// Node: `emitter.emit('error', error)`, which throws the error if nobody listens.
    pub fn emit_error<T>(&self, error: T) -> Result<(), T>
    where
        Set: FallibleSet,
        T: Borrow<Set::Error>,
    {
        if self.emit(Set::ERROR, error.borrow()) {
            Ok(())
        } else {
            Err(error)
        }
    }
}
