//! Two clients read the same responses, and these are the ones that the handler wrote, for any handler.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_writer(bytes));
