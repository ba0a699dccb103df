//! Apart from listed differences, a request that httparse or hyper rejects is rejected. A request that this server and
//! both of them accept has the same meaning for all.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onward_fuzz::check_reader(bytes));
