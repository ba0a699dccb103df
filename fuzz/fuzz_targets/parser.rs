//! No text makes the macros panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| onward_fuzz::expand_everywhere(text));
