//! Serves connections on the server's own threads.

use std::io;
use std::num::NonZero;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::thread::{self, Scope, ScopedJoinHandle};

use tokio::runtime::{Builder, Handle};

use crate::http::server::listen::Listen;
use crate::http::server::listen::active_listener::ActiveListener;
use crate::http::server::listen::bind::BoundSocket;
use crate::http::server::listen::further::{self, accept_all};
use crate::http::server::{Server, shared::Shared};
use crate::http::sync::lock;

impl Server {
    /// Listens on `addr` and serves connections on the server's own threads; returns when the server is closed.
    ///
    /// Default: one thread per core; see [`threads`](Self::threads). Each thread has its own tokio runtime, and a
    /// connection stays on the thread that accepted it. Tasks that a handler spawns also stay on that thread, and end
    /// with the server. A handler that blocks its thread delays all connections of that thread. On Linux, each thread
    /// has its own queue of connections (`SO_REUSEPORT`). Elsewhere, and for Unix sockets and listeners that are
    /// already bound, the threads share one queue.
    ///
    /// Like [`listen`](Self::listen), `run` takes ownership of the server, waits for the last connection, and returns
    /// immediately if the server is already closed. [`close`](Self::close) may be called from any thread. Node.js:
    /// `cluster`, with threads instead of processes.
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
    #[inline]
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
        let mut listeners = Vec::new();
        block_on(Box::pin(async {
            listeners.push(ActiveListener::bind(server, bound, &bind_options).await?);
            listeners.extend(further::bind(server, &bind_options).await?);
            Ok(())
        }))?;
        for (listener, ..) in &listeners {
            listener.emit_listening();
        }
        serve(server, one_per_thread(listeners, threads)?)
    }
}

/// The sockets of a thread, with their listeners. Each thread drops its clones of the `Arc`s when it stops accepting,
/// and dropping the last clone closes the listener.
type ThreadSockets = Vec<(Arc<ActiveListener>, BoundSocket)>;

#[inline]
fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Runs a future on a new runtime, which is shut down when the future completes. The future is boxed because tokio's
/// code is compiled separately for each type of future.
#[inline]
fn block_on(future: Pin<Box<dyn Future<Output = io::Result<()>> + '_>>) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(future)
}

/// Gives each thread a socket of every listener. If a listener has too few sockets, the first one is duplicated.
#[inline]
fn one_per_thread(
    listeners: Vec<further::BoundListener>,
    threads: usize,
) -> io::Result<Vec<ThreadSockets>> {
    let mut sockets: Vec<ThreadSockets> = (0..threads).map(|_| Vec::new()).collect();
    for (listener, first, siblings) in listeners {
        let listener = Arc::new(listener);
        let mut siblings = siblings.into_iter();
        for thread in sockets.iter_mut().skip(1) {
            let socket = match siblings.next() {
                Some(sibling) => sibling,
                None => first.try_clone()?,
            };
            thread.push((Arc::clone(&listener), socket));
        }
        sockets[0].push((listener, first));
    }
    Ok(sockets)
}

/// Serves the sockets of each thread until all threads have ended.
#[inline]
fn serve(server: &Arc<Shared>, sockets: Vec<ThreadSockets>) -> io::Result<()> {
    thread::scope(|scope| {
        let mut result = Ok(());
        let mut threads = Vec::new();
        for (index, sockets) in sockets.into_iter().enumerate() {
            match spawn_thread(scope, server, sockets, index) {
                Ok(thread) => threads.push(thread),
                Err(error) => {
                    server.close_now();
                    result = Err(error);
                }
            }
        }
        for thread in threads {
            let panicked = |_| Err(io::Error::other("a thread of the server panicked"));
            result = result.and(thread.join().unwrap_or_else(panicked));
        }
        result
    })
}

/// Spawns a thread. The first thread runs the shutdown triggers, and the call that spawns this thread returns only
/// after the triggers have been polled.
#[inline]
fn spawn_thread<'scope>(
    scope: &'scope Scope<'scope, '_>,
    server: &'scope Arc<Shared>,
    sockets: ThreadSockets,
    index: usize,
) -> io::Result<ScopedJoinHandle<'scope, io::Result<()>>> {
    let has_started = (index == 0).then(Arc::<OnceLock<()>>::default);
    let started = has_started.clone().map(SetOnDrop);
    let thread = thread::Builder::new()
        .name(format!("onward-{index}"))
        .spawn_scoped(scope, move || serve_sockets(server, sockets, started))?;
    if let Some(has_started) = has_started {
        has_started.wait();
    }
    Ok(thread)
}

/// A guard that ends the wait of another thread, whether this one succeeds, fails or panics.
struct SetOnDrop(Arc<OnceLock<()>>);

impl Drop for SetOnDrop {
    #[inline]
    fn drop(&mut self) {
        // `set` cannot fail, because the cell is set only here.
        let _ = self.0.set(());
    }
}

/// Serves the sockets of one thread. `started` is dropped once the shutdown triggers have been polled; it is `None` if
/// another thread polls them.
#[inline]
fn serve_sockets(
    server: &Arc<Shared>,
    sockets: ThreadSockets,
    started: Option<SetOnDrop>,
) -> io::Result<()> {
    let _guard = CloseOnReturn(server);
    let runs_triggers = started.is_some();
    let work = async {
        drop(started);
        accept_all(sockets).await?;
        server.ended().await;
        Ok(())
    };
    match runs_triggers {
        true => block_on(Box::pin(server.run_with_triggers(work))),
        false => block_on(Box::pin(work)),
    }
}

/// A guard that closes the server when a thread ends, even because of an error or a panic, so that the server never
/// runs with only some of its threads. The close delay is skipped, because the thread that would end the delay may be
/// the one that ended.
struct CloseOnReturn<'a>(&'a Shared);

impl Drop for CloseOnReturn<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.close_now();
    }
}
