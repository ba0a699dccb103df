//! What httparse or hyper rejects is rejected; what all of them accept means the same.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_reader(bytes));
