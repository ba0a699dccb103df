//! Emitting the event `Error`.

use std::borrow::Borrow;

use super::Emitter;
use crate::events::event::{EventSet, FallibleSet};

impl<Set: EventSet> Emitter<Set> {
    /// Emits the event `Error` of the set, and returns the error to the caller if there is no listener.
    ///
    /// It takes the error or a reference to it. The listeners of [`ErrorMonitor`](crate::events::ErrorMonitor) are
    /// called first and do not count as listeners of `Error`.
    /// Node.js: `emitter.emit('error', error)`, which throws the error if there is no listener.
    ///
    /// # Errors
    ///
    /// - The error that was passed, if `Error` has no listener.
    ///
    /// # Examples
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
    /// assert!(write(&disk).is_ok());
    /// ```
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
