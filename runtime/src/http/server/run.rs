//! Serving on threads of its own.

use std::io;
use std::num::NonZero;
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::http::server::listen::Listen;
use crate::http::server::listen::active_listener::ActiveListener;
use crate::http::server::listen::bind::BoundSocket;
use crate::http::server::{Server, shared::Shared};
use crate::http::sync::lock;

impl Server {
    /// [Listens](Self::listen) and serves on threads of its own, one per core unless [`threads`](Self::threads) says
    /// otherwise, and returns when the server is closed and its last connection has ended. Node: `cluster`, in one
    /// process.
    ///
    /// Each thread has a tokio runtime of its own, and a connection stays on the thread that accepted it: nothing moves
    /// between cores. What `tokio::spawn` starts in a handler stays there too, and ends with the server; a handler that
    /// blocks its thread holds up all connections of that thread. On Linux each thread has a queue of its own at the
    /// address (`SO_REUSEPORT`), elsewhere, for a Unix socket and for a listener that was bound before, they share one.
    ///
    /// [`close`](Self::close) works from any thread.
    ///
    /// # Errors
    /// Those of [`listen`](Self::listen); what the system says if it has no more threads; `Other` if it is called on a
    /// tokio runtime, which it would block.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// fn main() -> std::io::Result<()> {
    ///     let server = http::create_server(|_req, res| async move { res.send("hello") });
    ///     let handle = server.clone();
    ///     server.on(event::Listening, move |at| {
    ///         println!("ActiveListener on {at}");
    ///         handle.close(); // or never
    ///     });
    ///     server.threads(2).run("127.0.0.1:0")
    /// }
    /// ```
    pub fn run(self, at: impl Listen) -> io::Result<()> {
        if Handle::try_current().is_ok() {
            let what = "`run` would block the tokio runtime it is called on; there it is `listen`";
            return Err(io::Error::other(what));
        }
        let server = &self.shared;
        if server.closing() {
            return Ok(());
        }
        let (binding, threads) = {
            let options = lock(&server.options);
            let threads = options.threads.unwrap_or_else(cores).max(1);
            let mut binding = options.binding.clone();
            binding.listeners = threads;
            (binding, threads)
        };
        let bound = Box::pin(at.bind(&binding));
        let bound = runtime()?.block_on(ActiveListener::bind(server, bound, &binding));
        let (listening, socket, siblings) = bound?;
        let sockets = one_each(socket, siblings, threads)?;
        listening.emit_listening();
        serve(server, listening, sockets)
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// As many sockets as threads: those there are, and further handles of the first.
fn one_each(
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

/// Serves each socket on a thread of its own, until all of them end.
fn serve(
    server: &Arc<Shared>,
    listening: ActiveListener,
    sockets: Vec<BoundSocket>,
) -> io::Result<()> {
    let listening = Arc::new(listening);
    thread::scope(move |scope| {
        let mut end = Ok(());
        let mut threads = Vec::new();
        let (heeds, heeded) = mpsc::channel();
        let mut heeds = Some(heeds);
        for (n, socket) in sockets.into_iter().enumerate() {
            let (listening, heeds) = (Arc::clone(&listening), heeds.take());
            let first = heeds.is_some();
            let thread = thread::Builder::new().name(format!("onward-{n}"));
            match thread.spawn_scoped(scope, move || serve_one(server, listening, socket, heeds)) {
                Ok(thread) => threads.push(thread),
                Err(error) => {
                    server.close();
                    end = Err(error);
                }
            }
            if first {
                // Nobody is served before signals are heeded. Nothing is sent: the thread lets go of its end.
                let _: Result<(), _> = heeded.recv();
            }
        }
        // The last thread that lets go of it listens no more.
        drop(listening);
        for thread in threads {
            let panicked = |_| Err(io::Error::other("a thread of the server panicked"));
            end = end.and(thread.join().unwrap_or_else(panicked));
        }
        end
    })
}

fn serve_one(
    server: &Arc<Shared>,
    listening: Arc<ActiveListener>,
    socket: BoundSocket,
    heeds: Option<mpsc::Sender<()>>,
) -> io::Result<()> {
    let _all_or_none = CloseOnFailure(server);
    let runtime = runtime()?;
    let first = heeds.is_some();
    let work = async {
        drop(heeds);
        let listener = socket.register()?;
        listening.accept(listener).await;
        drop(listening);
        server.ended().await;
        Ok(())
    };
    runtime.block_on(async {
        match first {
            true => server.run_with_triggers(work).await,
            false => work.await,
        }
    })
}

/// A thread that ends before its time takes the others with it: a server with half of its threads would look well.
struct CloseOnFailure<'a>(&'a Shared);

impl Drop for CloseOnFailure<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}
