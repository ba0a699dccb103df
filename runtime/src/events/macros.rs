//! The `events!` macro.

/// Declares a set of events: a type for the set, used as `Emitter<Set>`, and a unit type for each event.
///
/// The type in parentheses is the event's *payload*. Listeners receive it by reference, so it may be unsized. Several
/// types form a tuple; without parentheses the payload is `()`. The visibility written before the set applies to the
/// set and its events; attributes apply to the item that they are written above. An undeclared event name does not
/// compile.
/// Node.js: an event's name is any string, and a misspelled one is a different event.
///
/// # Shared events
///
/// `use`, before all other events, makes existing events part of the set. The payload is repeated, since it may differ
/// from set to set; see the second example.
///
/// # Added events
///
/// `for` adds events to a set that was declared elsewhere, possibly in another crate. They are events of that set like
/// all its other events, and are visible to code that can name them; see the third example. Attributes above `for`
/// apply to each of them. Listeners of added events are found by a search for the event's type among the added events
/// that have ever had a listener on the emitter.
///
/// # The event `Error`
///
/// The payload of an event named `Error` must implement [`Display`](std::fmt::Display). The set becomes a
/// [`FallibleSet`](crate::events::FallibleSet) and gets [`emit_error`](crate::events::Emitter::emit_error) and
/// [`ErrorMonitor`](crate::events::ErrorMonitor). Such an event cannot be added with `for`.
///
/// # Examples
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! {
///     /// The events of a download.
///     pub DownloadEvents {
///         /// A chunk has arrived.
///         Data([u8]),
///         /// The progress: bytes received, bytes in total.
///         Progress(u64, u64),
///         /// The download is complete.
///         End,
///     }
/// }
///
/// let download: Emitter<DownloadEvents> = Emitter::new();
/// download.on(Progress, |(received, total)| assert!(received <= total));
/// assert!(download.emit(Progress, &(512, 2048)));
/// download.emit(Data, b"some bytes");
/// download.emit(End, &());
/// ```
///
/// An event that two sets share:
///
/// ```
/// use onward::events::Emitter;
///
/// mod event {
///     onward::events! {
///         pub ServerEvents {
///             Connection(std::net::SocketAddr),
///             Close,
///         }
///     }
///     onward::events! {
///         pub SocketEvents {
///             use Close(bool);
///             Data([u8]),
///         }
///     }
/// }
///
/// let server: Emitter<event::ServerEvents> = Emitter::new();
/// let socket: Emitter<event::SocketEvents> = Emitter::new();
/// server.on(event::Connection, |peer| println!("connection from {peer}"));
/// server.on(event::Close, |_| println!("server closed"));
/// socket.on(event::Close, |had_error| println!("socket closed, error: {had_error}"));
/// assert!(socket.emit(event::Close, &false));
/// ```
///
/// Events that are added to a set of another crate:
///
/// ```
/// use onward::http::{self, event};
///
/// onward::events! {
///     for event::ServerEvents {
///         /// A user has signed in. The payload is the user name.
///         SignedIn(str),
///     }
/// }
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(SignedIn, |name| println!("welcome, {name}"));
/// assert!(server.emit(SignedIn, "ada"));
/// ```
///
/// A name that is not declared is a compile error where it is used:
///
/// ```compile_fail,E0425
/// # use onward::events::Emitter;
/// onward::events! { LoggerEvents { MessageLogged(str) } }
///
/// let logger: Emitter<LoggerEvents> = Emitter::new();
/// logger.on(MessagedLogged, |text| println!("{text}"));
/// ```
#[macro_export]
macro_rules! events {
    ($($input:tt)*) => { $crate::__private::events! { $crate $($input)* } };
}

/// Expands the declaration in an `events!`, after the check that no event is declared twice.
#[doc(hidden)]
#[macro_export]
macro_rules! __declare_events {
    (
        $(#[$attr:meta])*
        $vis:vis for $set:path {
            $($(#[$doc:meta])* $event:ident $(($($payload:ty),+ $(,)?))?),* $(,)?
        }
    ) => {
        $crate::__events! {
            @extensions [$(#[$attr])*] [$vis] [$set]
            $([$(#[$doc])*] $event [$($($payload),+)?])*
        }
    };
    (
        $(#[$attr:meta])*
        $vis:vis $set:ident {
            use $($shared:ident $(($($shared_payload:ty),+ $(,)?))?),+;
            $($(#[$doc:meta])* $event:ident $(($($payload:ty),+ $(,)?))?),* $(,)?
        }
    ) => {
        $crate::__events! {
            @set [$(#[$attr])*] [$vis] $set
            $($shared [$($($shared_payload),+)?])+
            $($event [$($($payload),+)?])*
        }
        $($crate::__events! { @event [$(#[$doc])*] [$vis] $event })*
    };
    (
        $(#[$attr:meta])*
        $vis:vis $set:ident {
            $($(#[$doc:meta])* $event:ident $(($($payload:ty),+ $(,)?))?),* $(,)?
        }
    ) => {
        $crate::__events! { @set [$(#[$attr])*] [$vis] $set $($event [$($($payload),+)?])* }
        $($crate::__events! { @event [$(#[$doc])*] [$vis] $event })*
    };
    ($($wrong:tt)*) => { $crate::__private::events_error! { $($wrong)* } };
}

/// The parts of `events!`. The set's type has one field per event, the slot of its listeners, so that an event finds
/// its listeners without a lookup or a cast.
#[doc(hidden)]
#[macro_export]
macro_rules! __events {
    (@set [$($attr:tt)*] [$vis:vis] $set:ident $($event:ident [$($payload:ty),*])*) => {
        $($attr)*
        #[derive(::core::fmt::Debug)]
        #[allow(non_snake_case)]
        $vis struct $set {
            $($event: $crate::events::Slot<$crate::__events!(@payload $($payload),*)>,)*
        }

        #[automatically_derived]
        impl $crate::events::EventSet for $set {
            const NAME: &'static ::core::primitive::str = ::core::stringify!($set);

            fn new() -> Self {
                Self { $($event: $crate::events::Slot::new(::core::stringify!($event)),)* }
            }

            #[allow(unused_variables)]
            fn slots<'set>(
                &'set self,
                __visit: &mut dyn ::core::ops::FnMut(&'set $crate::events::AnySlot),
            ) {
                $(__visit(self.$event.any());)*
            }

            $($crate::__events! { @error_slot $event })*
        }

        $($crate::__events! { @fallible $set $event [$($payload),*] })*

        $(
            #[automatically_derived]
            impl $crate::events::Event<$set> for $event {
                type Payload = $crate::__events!(@payload $($payload),*);
                const NAME: &'static ::core::primitive::str = ::core::stringify!($event);

                #[inline]
                fn slot(
                    self,
                    __listeners: &$crate::events::Listeners<$set>,
                ) -> &$crate::events::Slot<Self::Payload> {
                    &__listeners.set().$event
                }

                $crate::__events! { @monitor [$set] $event }
            }
        )*
    };
    // Failures are emitted as the event named `Error`.
    (@error_slot Error) => {
        fn error(&self) -> ::core::option::Option<&dyn $crate::events::ErrorSlot> {
            ::core::option::Option::Some($crate::events::error_slot::<Self>(&self.Error))
        }
    };
    (@error_slot $event:ident) => {};
    (@fallible $set:ident Error [$($payload:ty),*]) => {
        #[automatically_derived]
        impl $crate::events::FallibleSet for $set {
            type Error = $crate::__events!(@payload $($payload),*);
            type ErrorEvent = Error;
            const ERROR: Error = Error;
        }
    };
    (@fallible $set:ident $event:ident [$($payload:ty),*]) => {};
    (@monitor [$set:path] Error) => {
        fn call_monitors(
            self,
            __listeners: &$crate::events::Listeners<$set>,
            __error: &Self::Payload,
        ) {
            __listeners.call_all($crate::events::ErrorMonitor, __error);
        }

        #[inline]
        fn has_monitors(self, __listeners: &$crate::events::Listeners<$set>) -> bool {
            __listeners.has_listeners($crate::events::ErrorMonitor)
        }
    };
    (@monitor [$set:path] $event:ident) => {};
    (
        @extensions $attr:tt $vis:tt $set:tt
        $($doc:tt $event:ident $payload:tt)*
    ) => {
        $(
            $crate::__events! { @event_attributes $doc $attr $vis $event }
            $crate::__events! { @extension $set $event $payload }
        )*
    };
    (@event_attributes [$($doc:tt)*] [$($attr:tt)*] $vis:tt $event:ident) => {
        $crate::__events! { @event [$($doc)* $($attr)*] $vis $event }
    };
    (@extension [$set:path] Error [$($payload:ty),*]) => {
        ::core::compile_error!(
            "an event named `Error` cannot be added to a set\n\
             help: use another name, or declare it with the set's own events"
        );
    };
    (@extension [$set:path] $event:ident [$($payload:ty),*]) => {
        #[automatically_derived]
        impl $crate::events::Event<$set> for $event {
            type Payload = $crate::__events!(@payload $($payload),*);
            const NAME: &'static ::core::primitive::str = ::core::stringify!($event);

            fn slot(
                self,
                __listeners: &$crate::events::Listeners<$set>,
            ) -> &$crate::events::Slot<Self::Payload> {
                __listeners.extension(self)
            }

            #[inline]
            fn find(
                self,
                __listeners: &$crate::events::Listeners<$set>,
            ) -> ::core::option::Option<&$crate::events::Slot<Self::Payload>> {
                __listeners.find_extension(self)
            }
        }
    };
    (@event [$($doc:tt)*] [$vis:vis] $event:ident) => {
        $($doc)*
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        $vis struct $event;
    };
    (@payload) => { () };
    (@payload $payload:ty) => { $payload };
    (@payload $($payload:ty),+) => { ($($payload),+) };
}
