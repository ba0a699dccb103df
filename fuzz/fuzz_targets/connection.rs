//! A server answers what a client sends, whatever it is, and in the same way however it arrives.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_connection(bytes));
