//! Eight threads add and remove listeners and emit events, and every call is accounted for.
//!
//! `ONWARD_STRESS_SECONDS=10 cargo test --test emitter stress` runs the test for 10 seconds.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use onward::events::{Emitter, ListenerFailed};

const THREADS: usize = 8;
/// The number of rounds of each thread, unless the time is set.
const ROUNDS: u64 = 5000;

onward::events! {
    Stress {
        /// The emitting thread and the number of events that it has emitted.
        Emitted(usize, u64),
    }
}

/// The number of the last event that one listener received from each thread. Consecutive numbers differ by one.
type Last = [AtomicU64; THREADS];

#[test]
fn stress() {
    let e = Emitter::<Stress>::new();
    e.set_max_listeners(0);
    let failures: &'static Mutex<Vec<String>> = Box::leak(Box::default());
    e.on(ListenerFailed, |failure| {
        failures.lock().unwrap().push(failure.to_string())
    });
    // This listener is registered before the first event and never removed.
    let always = Arc::new(Last::default());
    listen(&e, &always, None);

    let seconds = std::env::var("ONWARD_STRESS_SECONDS").ok();
    let seconds = seconds.map(|it| it.parse().expect("a number of seconds"));
    let end = seconds.map(|it| Instant::now() + Duration::from_secs(it));
    let continues = |round| end.map_or(round < ROUNDS, |end| Instant::now() < end);
    let start = Barrier::new(THREADS);
    let emitted: Vec<u64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                scope.spawn({
                    let (e, start) = (&e, &start);
                    move || {
                        start.wait();
                        run(e, thread, continues)
                    }
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().expect("no assertion failed"))
            .collect()
    });

    let received: Vec<u64> = always
        .iter()
        .map(|last| last.load(Ordering::Relaxed))
        .collect();
    assert_eq!(received, emitted);
    assert_eq!(*failures.lock().unwrap(), [""; 0]);
    assert_eq!(e.listener_count(Emitted), 1);
}

/// Adds a listener that asserts that the events of each thread arrive in order, without duplicates or gaps.
fn listen(
    e: &Emitter<Stress>,
    last: &Arc<Last>,
    from: Option<(usize, u64)>,
) -> onward::events::ListenerId {
    let last = Arc::clone(last);
    if let Some((thread, number)) = from {
        last[thread].store(number, Ordering::Relaxed);
    }
    let every = from.is_none();
    e.on(Emitted, move |&(thread, number)| {
        let before = last[thread].swap(number, Ordering::Relaxed);
        // For a listener that was added after the first event, the expected number is known only for the thread that
        // added the listener; for the other threads, the listener checks only the order.
        if every || from.is_some_and(|(own, _)| own == thread) {
            assert_eq!(number, before + 1, "from thread {thread}");
        } else {
            assert!(
                before < number,
                "{before} before {number} from thread {thread}"
            );
        }
    })
}

/// Emits events, and adds and removes listeners, on one thread until `continues` returns `false`. Returns the number of
/// emitted events.
fn run(e: &Emitter<Stress>, thread: usize, continues: impl Fn(u64) -> bool) -> u64 {
    let mut emitted = 0;
    let mut emit = || {
        emitted += 1;
        assert!(e.emit(Emitted, &(thread, emitted)));
        emitted
    };
    let mut once = Vec::new();
    for round in 0.. {
        if !continues(round) {
            break;
        }
        // The listener receives the events between its registration and its removal, and no others.
        let last = Arc::new(Last::default());
        let id = listen(e, &last, Some((thread, emit())));
        emit();
        let last_received = emit();
        assert!(e.off(Emitted, id));
        assert!(!e.off(Emitted, id));
        emit();
        assert_eq!(last[thread].load(Ordering::Relaxed), last_received);

        // Exactly one `emit`, the next one of any thread, calls this listener.
        let called = Arc::new(AtomicBool::new(false));
        let in_listener = Arc::clone(&called);
        e.once(Emitted, move |_| {
            assert!(!in_listener.swap(true, Ordering::Relaxed))
        });
        emit();
        once.push(called);

        // A listener is either removed by its own thread or called by another one, not both.
        let called = Arc::new(AtomicBool::new(false));
        let in_listener = Arc::clone(&called);
        let id =
            e.prepend_once_listener(Emitted, move |_| in_listener.store(true, Ordering::Relaxed));
        if !e.off(Emitted, id) {
            once.push(called);
        }
        // Reads the lists while they change.
        assert!(e.listeners(Emitted).len() <= 1 + 3 * THREADS);
        if once.len() >= 1000 {
            check_called(&mut once, thread);
        }
    }
    check_called(&mut once, thread);
    emitted
}

/// Asserts that all listeners were called, and waits for threads that are about to call one.
fn check_called(once: &mut Vec<Arc<AtomicBool>>, thread: usize) {
    for called in once.drain(..) {
        while !called.load(Ordering::Relaxed) {
            // A second reference belongs to the thread that is calling it.
            assert!(
                Arc::strong_count(&called) > 1 || called.load(Ordering::Relaxed),
                "a call was lost on thread {thread}"
            );
            thread::yield_now();
        }
    }
}
