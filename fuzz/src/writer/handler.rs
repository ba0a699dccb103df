//! A handler that follows a script and records its actions.

use std::panic::resume_unwind;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use onward::http::{HeaderName, HeaderValue};
use onward::prelude::*;

use super::hooks::{self, Hook};
use super::script::{Ending, Field, Plan, Step};

/// The actions of a handler. The status and the headers are those that were set when the head was fixed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Intended {
    pub(crate) status: u16,
    pub(crate) reason: Option<Vec<u8>>,
    pub(crate) fields: Vec<(String, Vec<u8>)>,
    pub(crate) written: Vec<u8>,
    pub(crate) trailers: Vec<(String, Vec<u8>)>,
    is_fixed: bool,
    /// Whether the handler set an invalid value.
    pub(crate) is_invalid: bool,
    /// Whether the response was ended, or dropped by a handler that returns.
    pub(crate) is_ended: bool,
    /// Whether another task has the response. If that task drops the response before anything was sent, the response is
    /// complete.
    pub(crate) is_ended_if_complete: bool,
    /// Whether the response was dropped without `end` or `send`.
    pub(crate) is_dropped: bool,
    /// The hooks, and whether they were added before the head was fixed. A hook that was added after that may or may
    /// not be called.
    pub(crate) hooks: Vec<(Hook, bool)>,
    /// The number of hooks that must be called, and the number of their calls.
    pub(crate) witnesses: usize,
    pub(crate) calls: Arc<AtomicUsize>,
}

/// The actions of each handler that was called.
pub(crate) type Log = Arc<Mutex<Vec<Option<Intended>>>>;

/// The content of bodies: a client that loses its position in the stream would read a response in it.
const PATTERN: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n0\r\n\r\n";

/// A handler and its record.
struct Run {
    intended: Intended,
    log: Log,
    index: usize,
    /// Whether the remaining steps run in a task other than the handler's.
    is_elsewhere: bool,
}

pub(crate) async fn follow(
    plan: Arc<Plan>,
    log: Log,
    req: Request,
    mut res: Response,
) -> Result<()> {
    let index = req.url.path()[1..].parse().expect("the path is an index");
    let mut run = Run {
        intended: Intended {
            status: 200,
            ..Intended::default()
        },
        log,
        index,
        is_elsewhere: false,
    };
    run.add_witness(&mut res);
    run.note();
    let steps = plan.requests[index].steps.clone();
    let ending = plan.requests[index].ending;
    steps_of(run, steps, ending, req, res).await
}

/// Calls [`steps_of`] and boxes its future, because the function calls itself.
fn follow_steps(
    run: Run,
    steps: Vec<Step>,
    ending: Ending,
    req: Request,
    res: Response,
) -> BoxFuture {
    Box::pin(steps_of(run, steps, ending, req, res))
}

async fn steps_of(
    mut run: Run,
    steps: Vec<Step>,
    ending: Ending,
    mut req: Request,
    mut res: Response,
) -> Result<()> {
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Sleep => tokio::time::sleep(Duration::from_millis(1)).await,
            Step::ReadBody => while req.body.next().await?.is_some() {},
            Step::Panic => resume_unwind(Box::new("as the script specifies")),
            Step::Fail => return Err(Error::bad_request("as the script specifies")),
            Step::Elsewhere(is_aborted) => {
                run.is_elsewhere = true;
                run.intended.is_ended_if_complete = true;
                let rest = steps[at + 1..].to_vec();
                let task = tokio::spawn(follow_steps(run, rest, ending, req, res));
                tokio::task::yield_now().await;
                if *is_aborted {
                    task.abort();
                }
                return Ok(());
            }
            Step::Write(len, is_awaited) => {
                let chunk = run.write(*len, &res);
                run.note();
                let written = res.write(chunk);
                if *is_awaited {
                    written.await?;
                }
            }
            step => run.take(step, &mut res),
        }
        run.note();
    }
    run.finish(ending, res);
    Ok(())
}

type BoxFuture = std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send>>;

fn lock(log: &Log) -> MutexGuard<'_, Vec<Option<Intended>>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run {
    fn note(&self) {
        lock(&self.log)[self.index] = Some(self.intended.clone());
    }

    /// Performs a step that does not wait.
    fn take(&mut self, step: &Step, res: &mut Response) {
        let is_open = !res.headers_sent();
        match step {
            Step::Status(status) => {
                res.status_code = StatusCode::from_u16(*status).expect("three digits");
                if is_open {
                    self.intended.status = *status;
                }
            }
            Step::Reason(reason) => self.set_reason(reason, res, is_open),
            Step::Undated => res.send_date = false,
            Step::Set(field) => {
                res.set_header(field.name, &field.value[..]);
                if let Some(name) = self.valid(field, is_open) {
                    self.intended.fields.retain(|(it, _)| *it != name);
                    self.intended.fields.push((name, field.value.clone()));
                }
            }
            Step::Append(field) => {
                res.append_header(field.name, &field.value[..]);
                if let Some(name) = self.valid(field, is_open) {
                    self.intended.fields.push((name, field.value.clone()));
                }
            }
            Step::Remove(name) => {
                res.remove_header(*name);
                if is_open {
                    self.intended.fields.retain(|(it, _)| it != name);
                }
            }
            Step::Flush => {
                self.intended.is_fixed = true;
                res.flush_headers();
            }
            Step::Continue => drop(res.write_continue()),
            Step::Processing => drop(res.write_processing()),
            Step::Hints(field) => {
                res.write_early_hints([(field.name, &field.value[..])]);
                self.valid(field, is_open);
            }
            Step::Trailers(field) => {
                res.add_trailers([(field.name, &field.value[..])]);
                if let Some(name) = self.valid(field, is_open) {
                    self.intended.trailers.push((name, field.value.clone()));
                } else if let Ok(name) = HeaderName::try_from(field.name) {
                    self.intended
                        .trailers
                        .push((name.to_string(), field.value.clone()));
                }
            }
            Step::Hook(hook) => {
                self.intended.hooks.push((*hook, is_open));
                hook.add(res);
                if is_open {
                    self.add_witness(res);
                }
            }
            _ => {}
        }
    }

    /// Adds a hook that must be called, regardless of the others.
    fn add_witness(&mut self, res: &mut Response) {
        self.intended.witnesses += 1;
        hooks::add_witness(&self.intended.calls, res);
    }

    fn set_reason(&mut self, reason: &[u8], res: &mut Response, is_open: bool) {
        let Ok(text) = String::from_utf8(reason.to_vec()) else {
            return;
        };
        res.status_message = Some(text.into());
        if is_open {
            self.intended.reason = Some(reason.to_vec());
        }
    }

    /// Returns the name of a header, if the header can still be set and is valid.
    fn valid(&mut self, field: &Field, is_open: bool) -> Option<String> {
        if !is_open {
            return None;
        }
        let name = HeaderName::try_from(field.name).ok();
        let value = HeaderValue::from_bytes(&field.value).ok();
        self.intended.is_invalid |= name.is_none() || value.is_none();
        name.filter(|_| value.is_some()).map(|it| it.to_string())
    }

    /// Records a chunk of the body, and returns it.
    fn write(&mut self, len: usize, _: &Response) -> Vec<u8> {
        let chunk: Vec<u8> = PATTERN.iter().cycle().take(len).copied().collect();
        self.intended.is_fixed = true;
        self.intended.written.extend_from_slice(&chunk);
        chunk
    }

    fn finish(mut self, ending: Ending, res: Response) {
        let is_open = !res.headers_sent();
        self.intended.is_ended = true;
        match ending {
            Ending::End => drop(res.end()),
            Ending::EndWith(len) => {
                let last = self.write(len, &res);
                res.end_with(last);
            }
            Ending::Text => {
                self.intended.written.extend_from_slice(b"text");
                res.send("text");
            }
            Ending::Json => {
                self.intended.written.extend_from_slice(b"[1,2]");
                res.send(Json([1, 2]));
            }
            Ending::Created => {
                self.intended.written.extend_from_slice(b"made");
                if is_open {
                    self.intended.status = 201;
                }
                res.send((StatusCode::CREATED, "made"));
            }
            Ending::NoContent => {
                if is_open {
                    self.intended.status = 204;
                }
                res.send(StatusCode::NO_CONTENT);
            }
            Ending::Drop => {
                self.intended.is_dropped = true;
                self.intended.is_ended = !self.is_elsewhere;
                drop(res);
            }
        }
        self.note();
    }
}
