//! The tree finds the same route as trying the routes in order.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_matching(bytes));
