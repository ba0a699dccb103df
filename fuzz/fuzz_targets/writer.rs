//! For every handler, two clients read the responses that it wrote.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_writer(bytes));
