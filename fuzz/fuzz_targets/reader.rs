//! A request that httparse or hyper rejects is rejected, and a request that all of them accept has the same meaning.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_reader(bytes));
