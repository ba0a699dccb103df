//! Sending a body while its handler has returned.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use http_body::Body;
use tokio::sync::oneshot;

use crate::http::{Response, Sent, event};

/// Sends the body in a task of its own, which ends with the body or with the client.
pub(super) fn send_body<B>(mut res: Response, mut body: B) -> Sent
where
    B: Body<Data = Bytes, Error = Infallible> + Send + Unpin + 'static,
{
    let sent = Sent::new(Arc::clone(res.channel()));
    // Dropped when the client disconnects, which ends the task at once.
    let (connected, disconnected) = oneshot::channel::<()>();
    res.once(event::Close, move |_| drop(connected));
    res.flush_headers();
    tokio::spawn(async move {
        let mut disconnected = pin!(disconnected);
        let mut next = async || {
            poll_fn(|cx| match disconnected.as_mut().poll(cx) {
                Poll::Ready(_) => Poll::Ready(None),
                Poll::Pending => Pin::new(&mut body).poll_frame(cx),
            })
            .await
        };
        while let Some(Ok(frame)) = next().await {
            // It waits until the client has taken enough.
            if res
                .write(frame.into_data().unwrap_or_default())
                .await
                .is_err()
            {
                break;
            }
        }
        res.end();
    });
    sent
}
