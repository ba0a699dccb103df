//! Eight threads add, remove and emit, and every call is accounted for.
//!
//! `ONWARD_STRESS_SECONDS=10 cargo test --test emitter stress` runs it for that long.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use onward::events::{Emitter, ListenerFailed};

const THREADS: usize = 8;
/// How often each thread goes round, unless the time is set.
const ROUNDS: u64 = 5000;

onward::events! {
    Stress {
        /// The thread that emits, and how many it has emitted.
        Told(usize, u64),
    }
}

/// What one listener heard of one thread: the number of the last event, which counts up by one.
type Last = [AtomicU64; THREADS];

#[test]
fn stress() {
    let e = Emitter::<Stress>::new();
    e.set_max_listeners(0);
    let failures: &'static Mutex<Vec<String>> = Box::leak(Box::default());
    e.on(ListenerFailed, |failure| {
        failures.lock().unwrap().push(failure.to_string())
    });
    // It is there from the first event to the last.
    let always = Arc::new(Last::default());
    listen(&e, &always, None);

    let seconds = std::env::var("ONWARD_STRESS_SECONDS").ok();
    let seconds = seconds.map(|it| it.parse().expect("a number of seconds"));
    let end = seconds.map(|it| Instant::now() + Duration::from_secs(it));
    let goes_on = |round| end.map_or(round < ROUNDS, |end| Instant::now() < end);
    let start = Barrier::new(THREADS);
    let emitted: Vec<u64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                scope.spawn({
                    let (e, start) = (&e, &start);
                    move || {
                        start.wait();
                        run(e, thread, goes_on)
                    }
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().expect("no assertion failed"))
            .collect()
    });

    let heard: Vec<u64> = always
        .iter()
        .map(|last| last.load(Ordering::Relaxed))
        .collect();
    assert_eq!(heard, emitted);
    assert_eq!(*failures.lock().unwrap(), [""; 0]);
    assert_eq!(e.listener_count(Told), 1);
}

/// Adds a listener that is to hear the events of each thread in order: none twice, none left out.
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
    e.on(Told, move |&(thread, number)| {
        let before = last[thread].swap(number, Ordering::Relaxed);
        // Who came later knows where its own thread was, and of the others only that nothing comes twice.
        if every || from.is_some_and(|(own, _)| own == thread) {
            assert_eq!(number, before + 1, "of thread {thread}");
        } else {
            assert!(
                before < number,
                "{before} before {number} of thread {thread}"
            );
        }
    })
}

/// What one thread does. Returns how often it emitted.
fn run(e: &Emitter<Stress>, thread: usize, goes_on: impl Fn(u64) -> bool) -> u64 {
    let mut emitted = 0;
    let mut emit = || {
        emitted += 1;
        assert!(e.emit(Told, &(thread, emitted)));
        emitted
    };
    let mut once = Vec::new();
    for round in 0.. {
        if !goes_on(round) {
            break;
        }
        // Added before an event, it hears that one and all up to its removal, and none behind.
        let last = Arc::new(Last::default());
        let id = listen(e, &last, Some((thread, emit())));
        emit();
        let heard = emit();
        assert!(e.off(Told, id));
        assert!(!e.off(Told, id));
        emit();
        assert_eq!(last[thread].load(Ordering::Relaxed), heard);

        // Whoever emits next calls it; nobody calls it twice.
        let called = Arc::new(AtomicBool::new(false));
        let in_listener = Arc::clone(&called);
        e.once(Told, move |_| {
            assert!(!in_listener.swap(true, Ordering::Relaxed))
        });
        emit();
        once.push(called);

        // Removed by its own thread or called by another one, but not both.
        let called = Arc::new(AtomicBool::new(false));
        let in_listener = Arc::clone(&called);
        let id = e.prepend_once_listener(Told, move |_| in_listener.store(true, Ordering::Relaxed));
        if !e.off(Told, id) {
            once.push(called);
        }
        // A look at the lists while they change.
        assert!(e.listeners(Told).len() <= 1 + 3 * THREADS);
        if once.len() >= 1000 {
            check(&mut once, thread);
        }
    }
    check(&mut once, thread);
    emitted
}

/// That all were called. Another thread may still be about to.
fn check(once: &mut Vec<Arc<AtomicBool>>, thread: usize) {
    for called in once.drain(..) {
        while !called.load(Ordering::Relaxed) {
            // Only the one that calls it holds it besides us.
            assert!(
                Arc::strong_count(&called) > 1 || called.load(Ordering::Relaxed),
                "a call was lost on thread {thread}"
            );
            thread::yield_now();
        }
    }
}
