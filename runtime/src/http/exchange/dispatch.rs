//! Calls the handler of a server with a given request and response.

use std::future::{Future, poll_fn};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::HeaderMap;

use super::context::Service;
use super::failure::{self, HandlerError};
use super::finish::emit_finish;
use crate::http::limits::ResponseLimits;
use crate::http::request::Request;
use crate::http::request::summary::{RequestOrigin, RequestSummary};
use crate::http::response::channel::{NextPart, RequestInfo, ResponseBody, ResponseChannel};
use crate::http::response::events::finished::ResponseOutcome;
use crate::http::response::head::ResponseHead;
use crate::http::response::{Response, Sent, events};
use crate::http::socket::Socket;
use crate::http::socket::events::Close;

/// Calls the handler with a separate response and forwards the handler's output to `res`. Failures are handled
/// as on a connection, so `res` gets exactly one response.
///
/// `hook_timeout` is the time within which each asynchronous hook must complete.
pub(crate) async fn dispatch(
    service: Arc<Service>,
    hook_timeout: Option<Duration>,
    req: Request,
    mut res: Response,
) -> Sent {
    let limits = ResponseLimits {
        hook: hook_timeout,
        ..res.channel().limits
    };
    let channel = channel_of(&service, limits, &req);
    forward_events(&res, &channel, &service, &req.socket);
    let inner = response_like(&res, &channel);
    let call = call_handler(service, req, inner, Arc::clone(&channel));
    let mut handler = HandlerTask(Some(Box::pin(call)));
    let (head, body) = loop {
        let next = poll_fn(|cx| {
            let is_running = handler.poll(cx).is_pending();
            channel.poll_head(is_running, cx)
        });
        match next.await {
            NextPart::Head(head, body) => break (head, body),
            NextPart::Failed(error) => failure::replace_dropped(&channel, error),
            NextPart::Switch(head, switch) => {
                forward_head(head, &mut res);
                let sent = res.end_switching(switch);
                poll_fn(|cx| handler.poll(cx)).await;
                return sent;
            }
            // Interim responses are not forwarded.
            NextPart::Interim(_) => {}
        }
    };
    forward_head(head, &mut res);
    let sent = match body {
        ResponseBody::Whole(body) => {
            if !channel.is_ended() {
                // A hook replaced the output of the handler.
                handler.drop();
            }
            res.end_with(body)
        }
        ResponseBody::Streaming { .. } => forward_body(&channel, res, &mut handler).await,
    };
    poll_fn(|cx| handler.poll(cx)).await;
    sent
}

/// Creates the channel between the handler and `dispatch`.
fn channel_of(service: &Service, limits: ResponseLimits, req: &Request) -> Arc<ResponseChannel> {
    let summary = RequestSummary::new(req.method.clone(), req.url.clone(), req.headers.clone());
    let info = RequestInfo {
        method: req.method.clone(),
        version: req.version,
        origin: RequestOrigin::Dispatched(Box::new(summary)),
        is_watched: service.emitter.watches_requests(),
    };
    let channel = service.new_response(limits, info);
    if service.emitter.has_listeners(events::Finish) {
        channel.begin_record();
    }
    Arc::new(channel)
}

/// Forwards the events of `res` to the listeners of the handler's response.
fn forward_events(
    res: &Response,
    channel: &Arc<ResponseChannel>,
    service: &Arc<Service>,
    socket: &Socket,
) {
    let report = {
        let (service, socket) = (Arc::clone(service), socket.clone());
        move |channel: &ResponseChannel, outcome| {
            emit_finish(&service.emitter, channel, socket.clone(), 0, outcome);
        }
    };
    let finished = Arc::clone(channel);
    let report_complete = report.clone();
    res.once(events::Finish, move |_| {
        if finished.finish() {
            report_complete(&finished, ResponseOutcome::Complete);
        }
    });
    let closed = Arc::clone(channel);
    // The reference is weak, because its target owns the listener.
    let outer = Arc::downgrade(res.channel());
    res.once(Close, move |_| {
        let reason = outer.upgrade().map(|outer| outer.interruption());
        let reason = reason.unwrap_or_default();
        if closed.disconnect(reason) {
            closed.emitter.emit(Close, &());
            report(&closed, reason.into());
        }
    });
}

/// Creates a response with the status and the headers of another response.
fn response_like(res: &Response, channel: &Arc<ResponseChannel>) -> Response {
    let mut inner = Response::resume(Arc::clone(channel), ResponseHead::default());
    inner.status_code = res.status_code;
    inner.status_message.clone_from(&res.status_message);
    inner.send_date = res.send_date;
    for (name, value) in res.headers() {
        inner.append_header(name, value);
    }
    inner
}

fn forward_head(mut head: ResponseHead, res: &mut Response) {
    head.apply_content_type();
    res.status_code = head.status;
    res.status_message = head.status_message().map(Into::into);
    res.send_date = !head.undated;
    replace_headers(res, &head.headers);
}

async fn forward_body(
    channel: &ResponseChannel,
    mut res: Response,
    handler: &mut HandlerTask,
) -> Sent {
    loop {
        let frame = poll_fn(|cx| {
            // It makes no difference here whether the handler has returned: the channel has its output.
            let _ = handler.poll(cx);
            channel.poll_frame(cx)
        });
        let frame = match frame.await {
            None => return res.end(),
            // The panic drops `res`, which aborts the response.
            Some(Err(aborted)) => resume_unwind(Box::new(aborted.to_string())),
            Some(Ok(frame)) => frame,
        };
        match frame.into_data() {
            Ok(chunk) => {
                if res.write(chunk).await.is_err() {
                    // The client has disconnected: the handler is dropped, as on a connection.
                    handler.drop();
                    return res.end();
                }
            }
            Err(other) => {
                if let Ok(trailers) = other.into_trailers() {
                    res.add_trailers(&trailers);
                }
            }
        }
    }
}

/// A handler that is running or has returned.
struct HandlerTask(Option<Pin<Box<dyn Future<Output = ()> + Send>>>);

impl HandlerTask {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(handler) = &mut self.0 {
            ready!(handler.as_mut().poll(cx));
            self.drop();
        }
        Poll::Ready(())
    }

    fn drop(&mut self) {
        self.0 = None;
    }
}

/// Calls the handler, and sends an error response if the handler fails.
async fn call_handler(
    service: Arc<Service>,
    req: Request,
    res: Response,
    channel: Arc<ResponseChannel>,
) {
    let mut slot = service.new_slot();
    match slot.as_mut().call(&service.emitter, &mut Some((req, res))) {
        Ok(()) => {
            let polled = poll_fn(|cx| {
                let poll = slot.as_mut().poll(&channel, cx);
                if poll.is_pending() {
                    channel.handler_is_pending();
                }
                poll
            });
            if polled.await {
                channel.handler_returned();
            }
        }
        Err(panic) => {
            let error = HandlerError::new(panic.into_error());
            failure::respond_with(&channel, error);
        }
    }
}

fn replace_headers(res: &mut Response, headers: &HeaderMap) {
    let before: Vec<_> = res.headers().keys().cloned().collect();
    for name in before {
        res.remove_header(name);
    }
    for (name, value) in headers {
        res.append_header(name, value);
    }
}
