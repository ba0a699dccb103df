//! Serves connections on the server's own threads.

use std::io;
use std::num::NonZero;
use std::sync::{Arc, OnceLock};
use std::thread::{self, Scope, ScopedJoinHandle};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::http::server::listen::Listen;
use crate::http::server::listen::active_listener::ActiveListener;
use crate::http::server::listen::bind::BoundSocket;
use crate::http::server::{Server, shared::Shared};
use crate::http::sync::lock;

impl Server {
    /// Listens on `addr` and serves connections on the server's own threads; returns when the server is closed.
    ///
    /// Default: one thread per core; see [`threads`](Self::threads). Each thread has its own tokio runtime, and a connection
    /// stays on the thread that accepted it. Tasks that a handler spawns stay there as well, and end with the server. A
    /// handler that blocks its thread delays all connections of that thread. On Linux each thread has its own queue of
    /// connections (`SO_REUSEPORT`). Elsewhere, and for Unix sockets and bound listeners, the threads share one.
    ///
    /// Like [`listen`](Self::listen), it takes the server, waits for the last connection, and returns immediately if the
    /// server is already closed. [`close`](Self::close) may be called from any thread.
    /// Node.js: `cluster`, with threads in place of processes.
    ///
    /// # Errors
    ///
    /// - The errors of [`listen`](Self::listen).
    /// - `Other` if it is called on a tokio runtime, which it would block.
    /// - The [`io::ErrorKind`] of the operating system if a thread cannot be created.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let handle = server.clone();
    /// server.on(event::Listening, move |at| {
    ///     println!("Listening on {at}");
    ///     handle.close(); // or never
    /// });
    /// assert!(server.threads(2).run("127.0.0.1:0").is_ok());
    /// ```
    pub fn run(self, addr: impl Listen) -> io::Result<()> {
        if Handle::try_current().is_ok() {
            let message = "`run` would block the tokio runtime; use `listen`";
            return Err(io::Error::other(message));
        }
        let server = &self.shared;
        if server.closing() {
            return Ok(());
        }
        let (bind_options, threads) = {
            let options = lock(&server.options);
            let threads = options.threads.unwrap_or_else(cores).max(1);
            let mut bind_options = options.bind.clone();
            bind_options.sockets = threads;
            (bind_options, threads)
        };
        let bound = Box::pin(addr.bind(&bind_options));
        let bound = runtime()?.block_on(ActiveListener::bind(server, bound, &bind_options));
        let (listener, socket, siblings) = bound?;
        let sockets = one_per_thread(socket, siblings, threads)?;
        listener.emit_listening();
        serve(server, listener, sockets)
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// Returns the sockets, with enough duplicates of the first to have one per thread.
fn one_per_thread(
    first: BoundSocket,
    siblings: Vec<BoundSocket>,
    threads: usize,
) -> io::Result<Vec<BoundSocket>> {
    let mut sockets = siblings;
    while sockets.len() + 1 < threads {
        sockets.push(first.try_clone()?);
    }
    sockets.push(first);
    Ok(sockets)
}

/// Serves each socket on its own thread until all threads have ended.
fn serve(
    server: &Arc<Shared>,
    listener: ActiveListener,
    sockets: Vec<BoundSocket>,
) -> io::Result<()> {
    thread::scope(|scope| {
        let mut result = Ok(());
        let mut threads = Vec::new();
        // Each thread drops its clone when it stops accepting, and dropping the last one closes the listener.
        let listener = Arc::new(listener);
        for (index, socket) in sockets.into_iter().enumerate() {
            match spawn_thread(scope, server, &listener, socket, index) {
                Ok(thread) => threads.push(thread),
                Err(error) => {
                    server.close();
                    result = Err(error);
                }
            }
        }
        drop(listener);
        for thread in threads {
            let panicked = |_| Err(io::Error::other("a thread of the server panicked"));
            result = result.and(thread.join().unwrap_or_else(panicked));
        }
        result
    })
}

/// Spawns the thread of one socket. The first one runs the shutdown triggers, and this function returns only after they
/// have been polled.
fn spawn_thread<'scope>(
    scope: &'scope Scope<'scope, '_>,
    server: &'scope Arc<Shared>,
    listener: &Arc<ActiveListener>,
    socket: BoundSocket,
    index: usize,
) -> io::Result<ScopedJoinHandle<'scope, io::Result<()>>> {
    let listener = Arc::clone(listener);
    let has_started = (index == 0).then(Arc::<OnceLock<()>>::default);
    let started = has_started.clone().map(SetOnDrop);
    let thread = thread::Builder::new()
        .name(format!("onward-{index}"))
        .spawn_scoped(scope, move || {
            serve_socket(server, listener, socket, started)
        })?;
    if let Some(has_started) = has_started {
        has_started.wait();
    }
    Ok(thread)
}

/// Ends the wait of another thread, whether this one succeeds, fails or panics.
struct SetOnDrop(Arc<OnceLock<()>>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        // It is set only here.
        let _ = self.0.set(());
    }
}

/// Serves one socket. `started` is dropped once the shutdown triggers have been polled; `None` if another thread polls
/// them.
fn serve_socket(
    server: &Arc<Shared>,
    listener: Arc<ActiveListener>,
    socket: BoundSocket,
    started: Option<SetOnDrop>,
) -> io::Result<()> {
    let _guard = CloseOnReturn(server);
    let runtime = runtime()?;
    let runs_triggers = started.is_some();
    let work = async {
        drop(started);
        let socket = socket.register()?;
        listener.accept(socket).await;
        drop(listener);
        server.ended().await;
        Ok(())
    };
    runtime.block_on(async {
        match runs_triggers {
            true => server.run_with_triggers(work).await,
            false => work.await,
        }
    })
}

/// Closes the server when a thread ends, even by an error or a panic, so that the server never runs with only some of
/// its threads.
struct CloseOnReturn<'a>(&'a Shared);

impl Drop for CloseOnReturn<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}
