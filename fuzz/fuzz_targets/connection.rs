//! A server never panics, and its responses do not depend on how the bytes of a client arrive.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_connection(bytes));
