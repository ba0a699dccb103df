//! The tree finds what the routes say when they are read in order.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_matching(bytes));
