//! The state that the handles of a server, its listener and its shutdown triggers share.

use std::fmt;
use std::ops::Deref;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::http::connection::open_connections::OpenConnections;
use crate::http::connection::stream::SocketStream;
use crate::http::connection::task::ConnectionTask;
use crate::http::control::{ControlState, Stage};
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::events::server_events;
use crate::http::events::{DropReason, DroppedConnection};
use crate::http::exchange::context::{ConnectionContext, HandlerSlotFactory, Service};
use crate::http::exchange::overload::Gate;
use crate::http::limits::Limits;
use crate::http::proxies::Proxies;
use crate::http::response::channel::ErrorReplyFn;
use crate::http::server::listen::active_listener::ListenState;
use crate::http::server::listen::admission::Admission;
use crate::http::server::options::Options;
use crate::http::server::shutdown::ShutdownTrigger;
#[cfg(feature = "tower")]
use crate::http::socket::Endpoint;
use crate::http::socket::Socket;
#[cfg(feature = "tower")]
use crate::http::socket::handle::ConnectionHandle;
use crate::http::sync::{lock, spawn};

pub(crate) struct Shared {
    pub(crate) service: Arc<Service>,
    pub(crate) options: Mutex<Options>,
    pub(crate) listen_state: Mutex<ListenState>,
    /// The control state of the connections. Every open connection, every running handler and every task of
    /// [`spawn`](super::Server::spawn) holds a receiver.
    pub(crate) control: watch::Sender<ControlState>,
    pub(crate) stage: watch::Sender<Stage>,
    pub(crate) connections: Arc<OpenConnections>,
    pub(crate) triggers: Mutex<Vec<ShutdownTrigger>>,
    /// Whether a trigger has closed the server.
    pub(crate) triggered: AtomicBool,
    /// Whether the deadline for closing has passed. The server then no longer waits for running handlers.
    pub(crate) deadline_passed: AtomicBool,
    pub(crate) close_emitted: AtomicBool,
}

impl Shared {
    pub(crate) fn new(handler_slot: HandlerSlotFactory, error_reply: ErrorReplyFn) -> Self {
        Self {
            service: Arc::new(Service::new(handler_slot, error_reply)),
            options: Mutex::default(),
            listen_state: Mutex::default(),
            control: watch::Sender::default(),
            stage: watch::Sender::default(),
            connections: Arc::default(),
            triggers: Mutex::default(),
            triggered: AtomicBool::new(false),
            deadline_passed: AtomicBool::new(false),
            close_emitted: AtomicBool::new(false),
        }
    }

    pub(crate) fn closing(&self) -> bool {
        self.control.borrow().closing
    }

    pub(crate) fn limits(&self) -> Arc<Limits> {
        Arc::clone(&lock(&self.options).limits)
    }

    /// Counts a connection as open. Returns `None`, and emits `Drop`, if a limit of the server is exceeded.
    pub(crate) fn try_open(&self, socket: Socket, limits: Arc<Limits>) -> Option<Admission> {
        let limit = limits.connections.unwrap_or(usize::MAX);
        let Some(guard) = self.connections.try_open(limit) else {
            self.emit_drop(&socket, DropReason::Connections);
            return None;
        };
        let mut admission = Admission {
            socket,
            limits,
            guard,
            control: self.control.subscribe(),
        };
        self.count_address(&mut admission).then_some(admission)
    }

    /// Counts a connection for its client, unless the client is a proxy. Returns `false`, and emits `Drop`, if the
    /// client has too many connections.
    pub(crate) fn count_address(&self, admission: &mut Admission) -> bool {
        let Admission { socket, limits, .. } = &*admission;
        let (Some(limit), Some(ip)) = (limits.connections_per_address, socket.remote_addr.ip())
        else {
            return true;
        };
        let is_proxy = |it: &Proxies| it.trusted.contains_ip(ip) || it.announcing.contains_ip(ip);
        if limits.proxies.as_deref().is_some_and(is_proxy) {
            return true;
        }
        admission.guard.address = self.connections.per_address.try_open(ip, limit);
        let is_counted = admission.guard.address.is_some();
        if !is_counted {
            self.emit_drop(&admission.socket, DropReason::ConnectionsPerAddress);
        }
        is_counted
    }

    #[cold]
    fn emit_drop(&self, socket: &Socket, reason: DropReason) {
        let dropped = DroppedConnection {
            remote_addr: socket.remote_addr.clone(),
            local_addr: socket.local_addr.clone(),
            reason,
        };
        self.emit(server_events::Drop, &dropped);
    }

    fn gate(&self) -> Option<Arc<dyn Gate>> {
        lock(&self.options).gate.clone()
    }

    /// Serves a connection in its own task.
    pub(crate) fn start(&self, stream: SocketStream, admission: Admission) {
        let Admission {
            socket,
            limits,
            guard,
            mut control,
        } = admission;
        let handle = socket.handle();
        handle.set_server_stage(self.stage.subscribe());
        let socket = match &limits.proxies {
            None => socket,
            Some(proxies) => socket.with_proxies(proxies),
        };
        let initial_control = *control.borrow_and_update();
        let context = Arc::new(ConnectionContext {
            service: Arc::clone(&self.service),
            socket,
            limits,
            gate: self.gate(),
            initial_control,
            control,
        });
        spawn(Box::pin(ConnectionTask::new(stream, context, guard)));
    }
}

#[cfg(feature = "tower")]
impl Shared {
    /// Creates the context of a request that another crate received. The extensions may contain the socket or the
    /// address of the client.
    pub(crate) fn detached_context(&self, extensions: &http::Extensions) -> Arc<ConnectionContext> {
        let endpoint = || {
            let addr = extensions.get::<std::net::SocketAddr>().copied();
            extensions
                .get::<Endpoint>()
                .cloned()
                .or(addr.map(Endpoint::from))
        };
        let socket = match (extensions.get::<Socket>(), endpoint()) {
            (Some(socket), _) => socket.clone(),
            (None, Some(remote)) => {
                let local = Socket::detached().local_addr.clone();
                Socket::new(remote, local, ConnectionHandle::detached())
            }
            (None, None) => Socket::detached(),
        };
        let limits = self.limits();
        let socket = match &limits.proxies {
            Some(proxies) => socket.with_proxies(proxies),
            None => socket,
        };
        let mut control = self.control.subscribe();
        let initial_control = *control.borrow_and_update();
        Arc::new(ConnectionContext {
            service: Arc::clone(&self.service),
            socket,
            limits,
            gate: self.gate(),
            initial_control,
            control,
        })
    }
}

impl Deref for Shared {
    type Target = ServerEmitter;

    fn deref(&self) -> &ServerEmitter {
        &self.service.emitter
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}
