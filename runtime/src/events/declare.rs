//! The `events!` macro.

/// Declares a set of events: a type for the set, to name in `Emitter<Set>`, and a unit type for each
/// event.
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! {
///     /// What a download tells.
///     pub DownloadEvents {
///         /// A piece has arrived.
///         Data([u8]),
///         /// How far it is: bytes here, bytes in all.
///         Progress(u64, u64),
///         /// All of it has arrived.
///         End,
///     }
/// }
///
/// let download: Emitter<DownloadEvents> = Emitter::new();
/// download.on(Progress, |(here, all)| println!("{here} of {all} bytes"));
/// download.emit(Progress, &(512, 2048));
/// download.emit(Data, b"some bytes");
/// download.emit(End, &());
/// ```
///
/// The type in parentheses is what the event tells, its *payload*; listeners borrow it, so it may be
/// unsized. Several types make a tuple. Without parentheses the event tells nothing, `()`. The set and
/// its events have the visibility that is written before the set, and the attributes that are written
/// above them.
///
/// # Events that several sets have
///
/// `use`, before all others, takes events from elsewhere into the set. What such an event tells is
/// said again, since it may differ from set to set:
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
/// server.on(event::Connection, |peer| println!("{peer} is here"));
/// server.on(event::Close, |_| println!("the server is closed"));
/// socket.on(event::Close, |had_error| println!("closed, after an error: {had_error}"));
/// ```
///
/// # Events that are added to a set
///
/// `for` adds events to a set that was declared elsewhere, in another crate perhaps, such as the server's. They are events
/// of that set like the others, for those who can name them:
///
/// ```
/// use onward::prelude::*;
///
/// onward::events! {
///     for http::event::ServerEvents {
///         /// Somebody has signed in: who.
///         SignedIn(str),
///     }
/// }
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(SignedIn, |name| println!("welcome, {name}"));
/// assert!(server.emit(SignedIn, "ada"));
/// ```
///
/// Their listeners are looked for by the type of the event, among the added events that were ever listened to on that
/// emitter. Attributes above `for` are those of each event.
///
/// # The event `Error`
///
/// An event named `Error` is the one that failures of this emitter go to. What it tells has to be
/// [`Display`](std::fmt::Display). The set becomes a [`FallibleSet`](crate::events::FallibleSet), and so has
/// [`emit_error`](crate::events::Emitter::emit_error) and [`ErrorMonitor`](crate::events::ErrorMonitor).
///
/// # Errors
///
/// A name that is not declared is an error where it is used, with the name that was probably meant:
///
/// ```compile_fail,E0425
/// # use onward::events::Emitter;
/// onward::events! { LoggerEvents { MessageLogged(str) } }
///
/// let logger: Emitter<LoggerEvents> = Emitter::new();
/// logger.on(MessagedLogged, |text| println!("{text}"));
/// ```
///
/// Node: an event's name is any string, and one that nobody emits is no mistake.
#[macro_export]
macro_rules! events {
    (
        $(#[$about:meta])*
        $vis:vis for $set:path {
            $($(#[$doc:meta])* $event:ident $(($($payload:ty),+ $(,)?))?),* $(,)?
        }
    ) => {
        $crate::__events! {
            @extensions [$(#[$about])*] [$vis] [$set]
            $([$(#[$doc])*] $event [$($($payload),+)?])*
        }
    };
    (
        $(#[$about:meta])*
        $vis:vis $set:ident {
            use $($shared:ident $(($($lent:ty),+ $(,)?))?),+;
            $($(#[$doc:meta])* $event:ident $(($($payload:ty),+ $(,)?))?),* $(,)?
        }
    ) => {
        $crate::__events! {
            @set [$(#[$about])*] [$vis] $set
            $($shared [$($($lent),+)?])+
            $($event [$($($payload),+)?])*
        }
        $($crate::__events! { @event [$(#[$doc])*] [$vis] $event })*
    };
    (
        $(#[$about:meta])*
        $vis:vis $set:ident {
            $($(#[$doc:meta])* $event:ident $(($($payload:ty),+ $(,)?))?),* $(,)?
        }
    ) => {
        $crate::__events! { @set [$(#[$about])*] [$vis] $set $($event [$($($payload),+)?])* }
        $($crate::__events! { @event [$(#[$doc])*] [$vis] $event })*
    };
}

/// The parts of `events!`. The set's type is the table of its listeners, a field for each event: that
/// is how an event finds its listeners without a look-up, and without a cast.
#[doc(hidden)]
#[macro_export]
macro_rules! __events {
    (@set [$($about:tt)*] [$vis:vis] $set:ident $($event:ident [$($payload:ty),*])*) => {
        $($about)*
        #[derive(::core::fmt::Debug)]
        #[allow(non_snake_case)]
        $vis struct $set {
            $($event: $crate::events::Slot<$crate::__events!(@payload $($payload),*)>,)*
        }

        #[automatically_derived]
        impl $crate::events::EventSet for $set {
            fn new() -> Self {
                Self { $($event: $crate::events::Slot::new(::core::stringify!($event)),)* }
            }

            #[allow(unused_variables)]
            fn slots<'set>(
                &'set self,
                __see: &mut dyn ::core::ops::FnMut(&'set dyn $crate::events::AnySlot),
            ) {
                $(__see(&self.$event);)*
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
    // The event named `Error` is the one that failures go to.
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
        fn tell_monitor(
            self,
            __listeners: &$crate::events::Listeners<$set>,
            __error: &Self::Payload,
        ) {
            __listeners.tell($crate::events::ErrorMonitor, __error);
        }

        #[inline]
        fn is_monitored(self, __listeners: &$crate::events::Listeners<$set>) -> bool {
            __listeners.hear($crate::events::ErrorMonitor)
        }
    };
    (@monitor [$set:path] $event:ident) => {};
    (
        @extensions $about:tt $vis:tt $set:tt
        $($doc:tt $event:ident $payload:tt)*
    ) => {
        $(
            $crate::__events! { @event_about $doc $about $vis $event }
            $crate::__events! { @extension $set $event $payload }
        )*
    };
    (@event_about [$($doc:tt)*] [$($about:tt)*] $vis:tt $event:ident) => {
        $crate::__events! { @event [$($doc)* $($about)*] $vis $event }
    };
    (@extension [$set:path] Error [$($payload:ty),*]) => {
        ::core::compile_error!(
            "an event named `Error` cannot be added to a set: it is declared with the set's own events, \
             or added under another name"
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
