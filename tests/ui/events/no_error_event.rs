use onward::events::{self, Emitter, ErrorMonitor};

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.on(ErrorMonitor, |error| println!("{error}"));
    let _ = chat.emit_error("no");
    let _ = events::once(&chat, ErrorMonitor);
}
