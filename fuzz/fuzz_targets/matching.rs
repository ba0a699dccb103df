//! The tree finds the route that trying the routes in order would find.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_matching(bytes));
