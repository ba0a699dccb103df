//! What rustc says to the mistakes one can make with an emitter, word for word.

#[test]
fn mistakes_are_told_in_words() {
    trybuild::TestCases::new().compile_fail("ui/events/*.rs");
}
