//! A handler slot that calls its handler once the request has passed a gate, or sends a 503 if the gate
//! rejects the request.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{HeaderValue, StatusCode, header};
use tokio::time::Instant;

use super::Gate;
use super::request_gate::{Entry, Permit, RequestGate, Waiting};
use crate::error::Error;
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::events::{DropReason, DroppedRequest, server_events};
use crate::http::exchange::failure::{self, HandlerError};
use crate::http::exchange::handler_slot::{HandlerArgs, HandlerSlot};
use crate::http::panic::{HandlerPanic, catch_panic};
use crate::http::response::Response;
use crate::http::response::channel::ResponseChannel;

struct GatedSlot {
    inner: Pin<Box<dyn HandlerSlot>>,
    gate: Arc<RequestGate>,
    emitter: Arc<ServerEmitter>,
    /// The request that waits.
    args: HandlerArgs,
    state: SlotState,
}

enum SlotState {
    /// No request is waiting or being handled.
    Empty,
    Waiting(Waiting, Instant),
    Running(Permit),
}

impl Gate for RequestGate {
    fn guard(
        self: Arc<Self>,
        inner: Pin<Box<dyn HandlerSlot>>,
        emitter: Arc<ServerEmitter>,
    ) -> Pin<Box<dyn HandlerSlot>> {
        Box::pin(GatedSlot {
            inner,
            gate: self,
            emitter,
            args: None,
            state: SlotState::Empty,
        })
    }
}

impl GatedSlot {
    fn reject(&mut self, args: &mut HandlerArgs, reason: DropReason, received: Instant) {
        self.state = SlotState::Empty;
        if let Some((request, res)) = args.take() {
            let dropped = DroppedRequest::new(request, reason, received.elapsed());
            self.emitter.emit(server_events::DropRequest, &dropped);
            // From now on, the body of the request can be discarded.
            drop(dropped);
            respond(res);
        }
    }
}

/// Sends the 503.
fn respond(mut res: Response) {
    res.set_header(header::RETRY_AFTER, HeaderValue::from_static("1"));
    let error = Error::new(StatusCode::SERVICE_UNAVAILABLE, "the server is overloaded");
    failure::reject(res, error);
}

impl HandlerSlot for GatedSlot {
    fn call(
        mut self: Pin<&mut Self>,
        server: &ServerEmitter,
        args: &mut HandlerArgs,
    ) -> Result<(), HandlerPanic> {
        let this = &mut *self;
        let Some((req, _)) = &*args else {
            return Ok(());
        };
        let entry = catch_panic(|| this.gate.enter(req)).inspect_err(|_| {
            // The caller sends an error response, so the arguments are dropped.
            *args = None;
        })?;
        match entry {
            Entry::Open(permit) => {
                this.inner.as_mut().call(server, args)?;
                this.state = SlotState::Running(permit);
            }
            Entry::Waiting(waiting) => {
                this.args = args.take();
                this.state = SlotState::Waiting(waiting, Instant::now());
            }
            Entry::Rejected(reason) => this.reject(args, reason, Instant::now()),
        }
        Ok(())
    }

    fn poll(
        mut self: Pin<&mut Self>,
        response: &Arc<ResponseChannel>,
        cx: &mut Context<'_>,
    ) -> Poll<bool> {
        let this = &mut *self;
        if let SlotState::Waiting(waiting, received) = &mut this.state {
            let passed = ready!(waiting.as_mut().poll(cx));
            let received = *received;
            let mut args = this.args.take();
            match passed {
                Err(reason) => this.reject(&mut args, reason, received),
                Ok(permit) => {
                    this.state = SlotState::Running(permit);
                    let called = this.inner.as_mut().call(&this.emitter, &mut args);
                    if let Err(panic) = called {
                        this.state = SlotState::Empty;
                        let error = HandlerError::new(panic.into_error());
                        failure::respond_with(response, error);
                    }
                }
            }
        }
        let SlotState::Running(permit) = &mut this.state else {
            return Poll::Ready(false);
        };
        let polled = this.inner.as_mut().poll(response, cx);
        permit.started();
        if polled.is_ready() {
            this.state = SlotState::Empty;
        }
        polled
    }

    fn clear(mut self: Pin<&mut Self>) {
        let this = &mut *self;
        this.inner.as_mut().clear();
        this.args = None;
        this.state = SlotState::Empty;
    }

    fn clone_empty(&self) -> Pin<Box<dyn HandlerSlot>> {
        Arc::clone(&self.gate).guard(self.inner.clone_empty(), Arc::clone(&self.emitter))
    }
}
