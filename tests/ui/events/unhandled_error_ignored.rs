#![deny(unused_must_use)]

use onward::events::Emitter;

onward::events! { ChatEvents { Error(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.emit_error("the line is dead");
}
