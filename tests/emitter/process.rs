//! The default maximum number of listeners, which all emitters of a process share. This is a separate test program,
//! because other tests rely on the default.

use onward::events::{self, Emitter, MaxListenersExceeded};

onward::events! { Letters { X } }

#[test]
fn default_max() {
    let (e, f) = (Emitter::<Letters>::new(), Emitter::<Letters>::new());
    f.set_max_listeners(7);
    assert_eq!(events::default_max_listeners(), 10);
    events::set_default_max_listeners(3);
    assert_eq!([e.get_max_listeners(), f.get_max_listeners()], [3, 7]);

    let mut warnings = events::on(&e, MaxListenersExceeded);
    for _ in 0..4 {
        e.on(X, |_| {});
    }
    let warning = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
        .block_on(warnings.next());
    assert_eq!(warning.expect("a warning").expect("no error").max, 3);
}
