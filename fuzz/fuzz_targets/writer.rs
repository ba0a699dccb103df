//! Whatever a handler does, two clients read the same responses, and they are those that it wrote.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_writer(bytes));
