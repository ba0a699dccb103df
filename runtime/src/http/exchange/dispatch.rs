//! Calling the handler for a request that came over no connection.

use std::future::{Future, poll_fn};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{HeaderMap, Method};
use http_body::Body;

use crate::http::event;
use crate::http::exchange::context::Service;
use crate::http::exchange::outgoing::Outgoing;
use crate::http::exchange::{Asked, Exchange};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::response::Sent;
use crate::http::response::response_head::Head;

/// Lets the handler answer on an exchange of its own, and hands the answer on: so errors are answered by those who
/// always do, and what `res` leads to sees one answer.
pub(crate) async fn dispatch(server: Arc<Service>, req: Request, mut res: Response) -> Sent {
    let asked = Asked {
        head_only: req.method == Method::HEAD,
        version: req.version,
        ..Asked::default()
    };
    let exchange = Exchange::new(
        server.emitter.clone(),
        Arc::clone(req.socket.handle()),
        asked,
    );
    tell_end(&res, &exchange);
    let inner = begun_as(&res, &exchange);
    let called = handle(server, req, inner, Arc::clone(&exchange));
    let mut handling = Handling(Some(Box::pin(called)));
    let answer = poll_fn(|cx| {
        let running = handling.poll(cx).is_pending();
        exchange.poll_answer(running, false, cx)
    });
    let (head, body) = answer.await;
    hand_on_head(head, &mut res);
    let sent = hand_on(body, res, &mut handling).await;
    poll_fn(|cx| handling.poll(cx)).await;
    sent
}

/// Has the listeners of the handler's response hear what becomes of `res`, which is their answer too.
fn tell_end(res: &Response, exchange: &Arc<Exchange>) {
    let finished = Arc::clone(exchange);
    res.once(event::Finish, move |_| finished.finished());
    let left = Arc::clone(exchange);
    res.once(event::Close, move |_| left.leave());
}

/// The handler's response, which says at first what `res` says.
fn begun_as(res: &Response, exchange: &Arc<Exchange>) -> Response {
    let mut inner = Response::on(Arc::clone(exchange), Head::default());
    inner.status_code = res.status_code;
    inner.status_message.clone_from(&res.status_message);
    inner.send_date = res.send_date;
    for (name, value) in res.headers() {
        inner.append_header(name, value);
    }
    inner
}

fn hand_on_head(mut head: Head, res: &mut Response) {
    head.tell_type();
    res.status_code = head.status;
    res.status_message = head.message().map(Into::into);
    res.send_date = !head.undated;
    replace_headers(res, &head.headers);
}

/// Writes the body as it comes, and the trailers.
async fn hand_on(mut body: Outgoing, mut res: Response, handling: &mut Handling) -> Sent {
    loop {
        let frame = poll_fn(|cx| {
            // Whether it has ended or not: the body says what there is.
            let _ = handling.poll(cx);
            Pin::new(&mut body).poll_frame(cx)
        });
        let frame = match frame.await {
            None => return res.end(),
            // `res` sees that a panic drops it, and that its answer is not whole.
            Some(Err(cut)) => resume_unwind(Box::new(cut.to_string())),
            Some(Ok(frame)) => frame,
        };
        match frame.into_data() {
            Ok(chunk) if body.is_end_stream() => return res.end_with(chunk),
            Ok(chunk) => {
                if res.write(chunk).await.is_err() {
                    // The client has gone, and with it the reason for an answer.
                    handling.drop();
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

/// A handler at work, or through.
struct Handling(Option<Pin<Box<dyn Future<Output = ()> + Send>>>);

impl Handling {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(handling) = &mut self.0 {
            ready!(handling.as_mut().poll(cx));
            self.drop();
        }
        Poll::Ready(())
    }

    fn drop(&mut self) {
        self.0 = None;
    }
}

/// Calls the handler, and answers for it if it fails.
async fn handle(server: Arc<Service>, req: Request, res: Response, exchange: Arc<Exchange>) {
    let mut stage = (server.handler_slot)();
    match stage.as_mut().call(&server.emitter, &mut Some((req, res))) {
        Ok(()) => {
            if poll_fn(|cx| stage.as_mut().poll(&exchange, cx)).await {
                exchange.handled();
            }
        }
        Err(panicked) => exchange.failed(panicked.into_failure()),
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
